package dev.vat.cloud.s3;

import dev.vat.cloud.Body;
import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.Condition;
import dev.vat.cloud.CopyAttributes;
import dev.vat.cloud.CopyWatch;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.LineWatch;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.ReadLink;
import dev.vat.cloud.Removed;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.StoredPart;
import dev.vat.cloud.ThawAnswer;
import dev.vat.cloud.ThawTier;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The port, on Amazon S3 and on servers that speak its language.
///
/// Control calls go through the AWS SDK; bodies through [LeanTransport], with requests that the SDK
/// signs.
public final class S3ObjectStore implements ObjectStore {
  private final Bucket bucket;
  private final Presigning presigning;
  private final Lookups lookups;
  private final Listings listings;
  private final StoredParts storedParts;
  private final SmallWrites writes;
  private final Uploads uploads;
  private final Completions completions;
  private final Copies copies;
  private final Reads reads;
  private final Sums sums;
  private final ConditionProbe probe;
  private final Thaws thaws;
  private final TagCalls tagging;
  private final Optional<URI> endpoint;
  private final Links links;
  private final S3BucketSettings settings;

  /// Opens a bucket. Nothing is sent yet: whether it can be reached shows at the first call.
  public static S3ObjectStore open(S3Connection connection, String bucket) {
    return open(connection, bucket, Set.of());
  }

  /// Opens a bucket of a server that lacks conditions: where a guard needs one of them, the write
  /// goes without its header, right after a look and right before another. Somebody's version that
  /// comes between the first look and the write is then replaced unseen.
  ///
  /// @param lacking as [#missingConditions] found
  public static S3ObjectStore open(S3Connection connection, String bucket, Set<Condition> lacking) {
    return new S3ObjectStore(connection, bucket, Tuning.standard(), lacking);
  }

  S3ObjectStore(S3Connection connection, String bucketName, Tuning tuning) {
    this(connection, bucketName, tuning, Set.of());
  }

  S3ObjectStore(S3Connection connection, String bucketName, Tuning tuning, Set<Condition> lacking) {
    LeanTransport.keepConnections();
    S3Access access = S3Access.to(connection, tuning);
    S3Errors errors = new S3Errors(access.connection().serverName(), bucketName);
    LeanTransport transport = new LeanTransport(tuning);
    bucket = new Bucket(bucketName, access.client(), new Retries(tuning, errors), errors);
    presigning = new Presigning(access, bucketName);
    lookups = new Lookups(bucket);
    endpoint = access.connection().endpoint();
    listings = new Listings(bucket, endpoint.isPresent());
    storedParts = new StoredParts(bucket);
    thaws = new Thaws(bucket, lookups);
    sums = new Sums(access.connection().serverName(), endpoint.isPresent());
    tagging = new TagCalls(bucket, lookups, endpoint.isPresent());
    Looks looks = new Looks(lookups, lacking);
    writes = new SmallWrites(bucket, lookups, presigning, transport, looks, sums, tagging);
    uploads = new Uploads(bucket, presigning, transport, sums, tagging);
    completions = new Completions(bucket, lookups, looks, sums);
    PartCopies inParts = new PartCopies(bucket, lookups, uploads, completions, tuning, tagging);
    copies = new Copies(bucket, lookups, inParts, tuning, looks);
    probe =
        new ConditionProbe(
            bucket,
            lookups,
            new ProbeRequests(bucket, writes, uploads, completions, copies, transport));
    reads = new Reads(bucket, lookups, presigning, transport);
    links = new Links(bucket, access);
    settings = new S3BucketSettings(bucket, access.region(), tuning.pauses());
  }

  @Override
  public String bucket() {
    return bucket.name();
  }

  @Override
  public BucketSettings settings() {
    return settings;
  }

  @Override
  public void list(String prefix, Consumer<ObjectSummary> each) throws StoreException {
    listings.objects(prefix, each);
  }

  @Override
  public void listFolders(String prefix, Consumer<String> each) throws StoreException {
    listings.folders(prefix, each);
  }

  @Override
  public Optional<ObjectFacts> head(String key) throws StoreException {
    return lookups.head(key);
  }

  @Override
  public Optional<StoredPart> part(String key, ETag version, int number) throws StoreException {
    return storedParts.part(key, version, number);
  }

  @Override
  public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
      throws IOException {
    return writes.put(key, body, attributes, guard);
  }

  @Override
  public String createUpload(String key, ObjectAttributes attributes) throws StoreException {
    return uploads.create(key, attributes);
  }

  @Override
  public UploadedPart uploadPart(String key, String uploadId, int number, Body body)
      throws IOException {
    return uploads.part(key, uploadId, number, body);
  }

  @Override
  public List<UploadedPart> listParts(String key, String uploadId) throws StoreException {
    return uploads.list(key, uploadId);
  }

  @Override
  public Written completeUpload(
      String key, String uploadId, List<UploadedPart> parts, long sizeBytes, int crc32, Guard guard)
      throws StoreException {
    return completions.complete(key, uploadId, parts, sizeBytes, OptionalInt.of(crc32), guard);
  }

  @Override
  public void abortUpload(String key, String uploadId) throws StoreException {
    uploads.abort(key, uploadId);
  }

  @Override
  public void listUploads(String prefix, Consumer<OpenUpload> each) throws StoreException {
    listings.uploads(prefix, each);
  }

  @Override
  public InputStream read(String key, ETag version, long offset, long length)
      throws StoreException {
    return reads.read(key, version, offset, length);
  }

  @Override
  public Written copy(
      String sourceKey,
      ETag version,
      String targetKey,
      CopyAttributes attributes,
      Guard guard,
      CopyWatch watch)
      throws StoreException {
    return copies.copy(sourceKey, version, targetKey, attributes, guard, watch);
  }

  @Override
  public ThawAnswer thaw(String key, ETag version, int days, ThawTier tier) throws StoreException {
    return thaws.thaw(key, version, days, tier);
  }

  @Override
  public Map<String, String> tags(String key, ETag version) throws StoreException {
    return tagging.of(key, version);
  }

  @Override
  public void retag(String key, ETag version, Map<String, String> tags) throws StoreException {
    tagging.replace(key, version, tags);
  }

  @Override
  public Removed remove(String key, ETag version) throws StoreException {
    return writes.remove(key, version);
  }

  @Override
  public Optional<URI> endpoint() {
    return endpoint;
  }

  @Override
  public Set<Condition> missingConditions(String folder) throws StoreException {
    return probe.missing(folder);
  }

  @Override
  public List<String> takeRemarks() {
    return Stream.of(
            sums.takeRemark().stream(), tagging.takeRemark().stream(), probe.takeRemarks().stream())
        .flatMap(remarks -> remarks)
        .toList();
  }

  @Override
  public ReadLink readLink(String key, ReadLink.Shown shown, Duration valid) throws StoreException {
    return links.readLink(key, shown, valid);
  }

  @Override
  public Instant serverTime(String prefix) throws StoreException {
    return lookups.serverTime(prefix);
  }

  @Override
  public void watchLine(LineWatch watch) {
    bucket.retries().watchedBy(watch);
  }

  @Override
  public void close() {
    presigning.close();
    bucket.client().close();
  }
}
