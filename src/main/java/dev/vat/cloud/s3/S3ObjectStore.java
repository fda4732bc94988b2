package dev.vat.cloud.s3;

import dev.vat.cloud.Body;
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
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

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
  private final Copies copies;
  private final Reads reads;
  private final Links links;

  /// Opens a bucket. Nothing is sent yet: whether it can be reached shows at the first call.
  public static S3ObjectStore open(S3Connection connection, String bucket) {
    return new S3ObjectStore(connection, bucket, Tuning.standard());
  }

  S3ObjectStore(S3Connection connection, String bucketName, Tuning tuning) {
    LeanTransport.keepConnections();
    S3Access access = S3Access.to(connection, tuning);
    S3Errors errors = new S3Errors(access.connection().serverName(), bucketName);
    LeanTransport transport = new LeanTransport(tuning);
    bucket = new Bucket(bucketName, access.client(), new Retries(tuning, errors), errors);
    presigning = new Presigning(access, bucketName);
    lookups = new Lookups(bucket);
    listings = new Listings(bucket);
    storedParts = new StoredParts(bucket);
    writes = new SmallWrites(bucket, lookups, presigning, transport);
    uploads = new Uploads(bucket, lookups, presigning, transport);
    copies = new Copies(bucket, lookups, uploads, tuning);
    reads = new Reads(bucket, lookups, presigning, transport);
    links = new Links(bucket, access);
  }

  @Override
  public String bucket() {
    return bucket.name();
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
    return uploads.complete(key, uploadId, parts, sizeBytes, OptionalInt.of(crc32), guard);
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
  public Written copy(String sourceKey, ETag version, String targetKey, Guard guard)
      throws StoreException {
    return copies.copy(sourceKey, version, targetKey, guard);
  }

  @Override
  public Removed remove(String key, ETag version) throws StoreException {
    return writes.remove(key, version);
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
