package dev.vat.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Hands every call on to another store: whoever wants to see, hold up or disturb some of them
/// overrides those.
public class ForwardingStore implements ObjectStore {
  private final ObjectStore store;

  /// @param store closed with this one
  public ForwardingStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public String bucket() {
    return store.bucket();
  }

  @Override
  public BucketSettings settings() {
    return store.settings();
  }

  @Override
  public void list(String prefix, Consumer<ObjectSummary> each) throws StoreException {
    store.list(prefix, each);
  }

  @Override
  public void listFolders(String prefix, Consumer<String> each) throws StoreException {
    store.listFolders(prefix, each);
  }

  @Override
  public Optional<ObjectFacts> head(String key) throws StoreException {
    return store.head(key);
  }

  @Override
  public Optional<StoredPart> part(String key, ETag version, int number) throws StoreException {
    return store.part(key, version, number);
  }

  @Override
  public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
      throws IOException {
    return store.put(key, body, attributes, guard);
  }

  @Override
  public String createUpload(String key, ObjectAttributes attributes) throws StoreException {
    return store.createUpload(key, attributes);
  }

  @Override
  public UploadedPart uploadPart(String key, String uploadId, int number, Body body)
      throws IOException {
    return store.uploadPart(key, uploadId, number, body);
  }

  @Override
  public List<UploadedPart> listParts(String key, String uploadId) throws StoreException {
    return store.listParts(key, uploadId);
  }

  @Override
  public Written completeUpload(
      String key, String uploadId, List<UploadedPart> parts, long sizeBytes, int crc32, Guard guard)
      throws StoreException {
    return store.completeUpload(key, uploadId, parts, sizeBytes, crc32, guard);
  }

  @Override
  public void abortUpload(String key, String uploadId) throws StoreException {
    store.abortUpload(key, uploadId);
  }

  @Override
  public void listUploads(String prefix, Consumer<OpenUpload> each) throws StoreException {
    store.listUploads(prefix, each);
  }

  @Override
  public InputStream read(String key, ETag version, long offset, long length)
      throws StoreException {
    return store.read(key, version, offset, length);
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
    return store.copy(sourceKey, version, targetKey, attributes, guard, watch);
  }

  @Override
  public ThawAnswer thaw(String key, ETag version, int days, ThawTier tier) throws StoreException {
    return store.thaw(key, version, days, tier);
  }

  @Override
  public Map<String, String> tags(String key, ETag version) throws StoreException {
    return store.tags(key, version);
  }

  @Override
  public void retag(String key, ETag version, Map<String, String> tags) throws StoreException {
    store.retag(key, version, tags);
  }

  @Override
  public Removed remove(String key, ETag version) throws StoreException {
    return store.remove(key, version);
  }

  @Override
  public Optional<URI> endpoint() {
    return store.endpoint();
  }

  @Override
  public Set<Condition> missingConditions(String folder) throws StoreException {
    return store.missingConditions(folder);
  }

  @Override
  public List<String> takeRemarks() {
    return store.takeRemarks();
  }

  @Override
  public ReadLink readLink(String key, ReadLink.Shown shown, Duration valid) throws StoreException {
    return store.readLink(key, shown, valid);
  }

  @Override
  public Instant serverTime(String prefix) throws StoreException {
    return store.serverTime(prefix);
  }

  @Override
  public void watchLine(LineWatch watch) {
    store.watchLine(watch);
  }

  @Override
  public void close() {
    store.close();
  }
}
