package dev.vat.cloud;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/// The port's rules over a map: fast enough for thousands of simulated days. It runs the port's
/// contract tests like any server.
public final class MemoryObjectStore implements ObjectStore {
  /// @param parts their sizes; empty when it was put whole
  private record Stored(
      byte[] bytes,
      List<Integer> parts,
      ObjectAttributes attributes,
      ETag etag,
      Instant at,
      Optional<Thawing> thaw) {}

  private record Thawing(ThawTier tier, int days, Instant readyAt, Instant expiresAt) {}

  private record Upload(
      String key, ObjectAttributes attributes, Instant at, TreeMap<Integer, byte[]> parts) {}

  private final InstantSource clock;
  private final TreeMap<String, Stored> objects = new TreeMap<>();
  private final TreeMap<String, Upload> uploads = new TreeMap<>();
  private final Map<String, ETag> completed = new HashMap<>();
  private final MemoryBucketSettings settings = new MemoryBucketSettings();
  private int nextUpload = 1;
  private volatile ReadLink.Signer signer = new ReadLink.Signer.Lasting();

  public MemoryObjectStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String bucket() {
    return "memory";
  }

  @Override
  public MemoryBucketSettings settings() {
    return settings;
  }

  @Override
  public synchronized void list(String prefix, Consumer<ObjectSummary> each) {
    List.copyOf(objects.tailMap(prefix).entrySet()).stream()
        .takeWhile(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> summary(entry.getKey(), entry.getValue()))
        .forEach(each);
  }

  @Override
  public synchronized void listFolders(String prefix, Consumer<String> each) {
    objects.tailMap(prefix).keySet().stream()
        .takeWhile(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()))
        .filter(rest -> rest.indexOf('/') >= 0)
        .map(rest -> rest.substring(0, rest.indexOf('/')))
        .distinct()
        .toList()
        .forEach(each);
  }

  private ObjectSummary summary(String key, Stored stored) {
    StorageClass storageClass = stored.attributes.storageClass();
    Optional<Thawing> thaw = thawOf(stored);
    boolean inProgress = thaw.filter(t -> clock.instant().isBefore(t.readyAt)).isPresent();
    return new ObjectSummary(
        key,
        stored.bytes.length,
        stored.etag,
        stored.at,
        storageClass,
        Thaw.of(storageClass, inProgress, thaw.map(Thawing::expiresAt)));
  }

  private Optional<Thawing> thawOf(Stored stored) {
    return stored.thaw.filter(t -> clock.instant().isBefore(t.expiresAt));
  }

  private void requireReadable(String key, Stored stored) throws StoreException {
    ObjectSummary summary = summary(key, stored);
    if (!summary.thaw().isReadable()) {
      throw new StoreException.Frozen(key + " is frozen", summary, null);
    }
  }

  @Override
  public synchronized Optional<ObjectFacts> head(String key) {
    return Optional.ofNullable(objects.get(key))
        .map(
            stored ->
                new ObjectFacts(
                    summary(key, stored),
                    stored.attributes.metadata(),
                    Optional.of(stored.attributes.contentType()),
                    OptionalInt.of(crc(stored.bytes)),
                    false));
  }

  @Override
  public synchronized Optional<StoredPart> part(String key, ETag version, int number)
      throws StoreException {
    List<Integer> parts = current(key, version).parts;
    return number <= parts.size()
        ? Optional.of(new StoredPart(parts.get(number - 1), parts.size()))
        : Optional.empty();
  }

  @Override
  public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
      throws IOException {
    byte[] bytes = checked(body);
    synchronized (this) {
      return store(key, bytes, List.of(), attributes, new ETag(md5(bytes)), guard);
    }
  }

  private static byte[] checked(Body body) throws IOException {
    int promised = body.crc32();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    body.writeTo(out);
    byte[] bytes = out.toByteArray();
    if (crc(bytes) != promised || bytes.length != body.sizeBytes()) {
      throw new SourceChangedException("the bytes are not those of the checksum");
    }
    return bytes;
  }

  private Written store(
      String key,
      byte[] bytes,
      List<Integer> parts,
      ObjectAttributes attributes,
      ETag etag,
      Guard guard) {
    Stored now = objects.get(key);
    boolean holds =
        switch (guard) {
          case Guard.Absent _ -> now == null;
          case Guard.Unchanged unchanged -> now != null && now.etag.equals(unchanged.since());
        };
    if (!holds) {
      return new Written.Refused();
    }
    objects.put(key, new Stored(bytes, parts, attributes, etag, clock.instant(), Optional.empty()));
    return new Written.Stored(etag);
  }

  @Override
  public synchronized String createUpload(String key, ObjectAttributes attributes) {
    String id = "upload-" + nextUpload++;
    uploads.put(id, new Upload(key, attributes, clock.instant(), new TreeMap<>()));
    return id;
  }

  @Override
  public UploadedPart uploadPart(String key, String uploadId, int number, Body body)
      throws IOException {
    byte[] bytes = checked(body);
    synchronized (this) {
      upload(key, uploadId).parts.put(number, bytes);
      return part(number, bytes);
    }
  }

  private static UploadedPart part(int number, byte[] bytes) {
    return new UploadedPart(number, bytes.length, new ETag(md5(bytes)), OptionalInt.of(crc(bytes)));
  }

  private Upload upload(String key, String uploadId) throws StoreException {
    Upload upload = uploads.get(uploadId);
    if (upload == null || !upload.key.equals(key)) {
      throw new StoreException.NoSuchUpload("no upload " + uploadId + " of " + key, null);
    }
    return upload;
  }

  @Override
  public synchronized List<UploadedPart> listParts(String key, String uploadId)
      throws StoreException {
    List<UploadedPart> parts = new ArrayList<>();
    upload(key, uploadId).parts.forEach((number, bytes) -> parts.add(part(number, bytes)));
    return parts;
  }

  @Override
  public synchronized Written completeUpload(
      String key, String uploadId, List<UploadedPart> parts, long sizeBytes, int crc32, Guard guard)
      throws StoreException {
    Stored now = objects.get(key);
    if (now != null && now.etag.equals(completed.get(uploadId))) {
      return new Written.Stored(now.etag);
    }
    Upload upload = upload(key, uploadId);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteArrayOutputStream sums = new ByteArrayOutputStream();
    List<Integer> sizes = new ArrayList<>();
    for (UploadedPart part : parts) {
      byte[] bytes = upload.parts.get(part.number());
      if (bytes == null || !md5(bytes).equals(part.etag().value())) {
        throw new StoreException.Failed("part " + part.number() + " is not there", null);
      }
      all.writeBytes(bytes);
      sizes.add(bytes.length);
      sums.writeBytes(HexFormat.of().parseHex(md5(bytes)));
    }
    byte[] bytes = all.toByteArray();
    if (bytes.length != sizeBytes || crc(bytes) != crc32) {
      throw new StoreException.Failed("size or checksum of " + key + " is wrong", null);
    }
    ETag etag = new ETag(md5(sums.toByteArray()) + "-" + parts.size());
    Written written = store(key, bytes, sizes, upload.attributes, etag, guard);
    if (written instanceof Written.Stored) {
      uploads.remove(uploadId);
      completed.put(uploadId, etag);
    }
    return written;
  }

  @Override
  public synchronized void abortUpload(String key, String uploadId) {
    uploads.remove(uploadId);
  }

  @Override
  public synchronized void listUploads(String prefix, Consumer<OpenUpload> each) {
    Map.copyOf(uploads)
        .forEach(
            (id, upload) -> {
              if (upload.key.startsWith(prefix)) {
                each.accept(
                    new OpenUpload(
                        upload.key, id, upload.at, "memory", upload.attributes.storageClass()));
              }
            });
  }

  @Override
  public synchronized InputStream read(String key, ETag version, long offset, long length)
      throws StoreException {
    requireReadable(key, current(key, version));
    byte[] bytes = current(key, version).bytes;
    if (offset + length > bytes.length) {
      throw new StoreException.Failed(key + " has only " + bytes.length + " bytes", null);
    }
    return new ByteArrayInputStream(bytes, (int) offset, (int) length);
  }

  private Stored current(String key, ETag version) throws StoreException {
    Stored stored = objects.get(key);
    if (stored == null || !stored.etag.equals(version)) {
      throw new StoreException.Changed(key + " is not there in version " + version, null);
    }
    return stored;
  }

  @Override
  public synchronized Written copy(
      String sourceKey,
      ETag version,
      String targetKey,
      CopyAttributes attributes,
      Guard guard,
      CopyWatch watch)
      throws StoreException {
    Stored source = current(sourceKey, version);
    requireReadable(sourceKey, source);
    ETag etag = new ETag(md5(source.bytes));
    ObjectAttributes kept = source.attributes;
    ObjectAttributes copied =
        new ObjectAttributes(
            kept.contentType(),
            kept.metadata(),
            attributes.storageClass(),
            attributes.tags().orElse(kept.tags()));
    Written written = store(targetKey, source.bytes, List.of(), copied, etag, guard);
    watch.copied(source.bytes.length);
    return written;
  }

  @Override
  public synchronized ThawAnswer thaw(String key, ETag version, int days, ThawTier tier)
      throws StoreException {
    Stored stored = current(key, version);
    StorageClass from = stored.attributes.storageClass();
    if (!from.isFrozenClass()) {
      return new ThawAnswer.NotFrozen();
    }
    Instant now = clock.instant();
    Instant ready =
        now.plus(
            tier.typicalWait(from).orElseThrow(() -> new IllegalArgumentException(from.word())));
    Instant expires = now.plus(Duration.ofDays(days + 1L)).truncatedTo(ChronoUnit.DAYS);
    Optional<Thawing> before = thawOf(stored);
    if (before.isEmpty()) {
      return thawing(key, stored, new Thawing(tier, days, ready, expires), new ThawAnswer.Begun());
    }
    Thawing thaw = before.get();
    if (!now.isBefore(thaw.readyAt)) {
      Thawing longer = new Thawing(thaw.tier, days, thaw.readyAt, expires);
      return thawing(key, stored, longer, new ThawAnswer.Kept(expires));
    }
    if (tier.compareTo(thaw.tier) >= 0 || days != thaw.days) {
      return new ThawAnswer.UnderWay();
    }
    Instant sooner = ready.isBefore(thaw.readyAt) ? ready : thaw.readyAt;
    Thawing faster = new Thawing(tier, days, sooner, thaw.expiresAt);
    return thawing(key, stored, faster, new ThawAnswer.Begun());
  }

  private ThawAnswer thawing(String key, Stored was, Thawing thaw, ThawAnswer answer) {
    objects.put(
        key, new Stored(was.bytes, was.parts, was.attributes, was.etag, was.at, Optional.of(thaw)));
    return answer;
  }

  @Override
  public synchronized Map<String, String> tags(String key, ETag version) throws StoreException {
    return current(key, version).attributes.tags();
  }

  @Override
  public synchronized void retag(String key, ETag version, Map<String, String> tags)
      throws StoreException {
    Stored was = current(key, version);
    ObjectAttributes now =
        new ObjectAttributes(
            was.attributes.contentType(),
            was.attributes.metadata(),
            was.attributes.storageClass(),
            tags);
    objects.put(key, new Stored(was.bytes, was.parts, now, was.etag, was.at, was.thaw));
  }

  @Override
  public synchronized Removed remove(String key, ETag version) {
    Stored stored = objects.get(key);
    if (stored != null && !stored.etag.equals(version)) {
      return Removed.CHANGED;
    }
    objects.remove(key);
    return Removed.GONE;
  }

  /// Nobody serves it; it says what a server would be told.
  @Override
  public ReadLink readLink(String key, ReadLink.Shown shown, Duration valid) {
    Instant expires = clock.instant().plus(ReadLink.requireValid(valid));
    try {
      URI address =
          new URI("https", "memory.example", "/" + key, "X-Amz-Signature=" + shown.opening(), null);
      return new ReadLink(address, expires, signer);
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// From now on links are signed by such credentials.
  public void signBy(ReadLink.Signer other) {
    signer = other;
  }

  @Override
  public Optional<URI> endpoint() {
    return Optional.empty();
  }

  @Override
  public Set<Condition> missingConditions(String folder) {
    return Set.of();
  }

  @Override
  public List<String> takeRemarks() {
    return List.of();
  }

  @Override
  public Instant serverTime(String prefix) {
    return clock.instant();
  }

  @Override
  public void close() {}

  /// What the bucket holds under a key, for tests to look at.
  public synchronized Optional<byte[]> content(String key) {
    return Optional.ofNullable(objects.get(key)).map(Stored::bytes);
  }

  /// Every key there is, for tests to look at.
  public synchronized List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  /// How many uploads in parts are under way.
  public synchronized int openUploads() {
    return uploads.size();
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
