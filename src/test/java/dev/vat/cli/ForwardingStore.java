package dev.vat.cli;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.Removed;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Hands everything on to a real store; tests override what they want to go wrong.
class ForwardingStore implements ObjectStore {
  private final ObjectStore real;

  ForwardingStore(ObjectStore real) {
    this.real = real;
  }

  @Override
  public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
      throws IOException {
    return real.put(key, body, attributes, guard);
  }

  @Override
  public Written completeUpload(
      String key, String uploadId, List<UploadedPart> parts, long sizeBytes, int crc32, Guard guard)
      throws StoreException {
    return real.completeUpload(key, uploadId, parts, sizeBytes, crc32, guard);
  }

  @Override
  public Removed remove(String key, ETag version) throws StoreException {
    return real.remove(key, version);
  }

  @Override
  public String bucket() {
    return real.bucket();
  }

  @Override
  public void list(String prefix, Consumer<ObjectSummary> each) throws StoreException {
    real.list(prefix, each);
  }

  @Override
  public Optional<ObjectFacts> head(String key) throws StoreException {
    return real.head(key);
  }

  @Override
  public String createUpload(String key, ObjectAttributes attributes) throws StoreException {
    return real.createUpload(key, attributes);
  }

  @Override
  public UploadedPart uploadPart(String key, String uploadId, int number, Body body)
      throws IOException {
    return real.uploadPart(key, uploadId, number, body);
  }

  @Override
  public List<UploadedPart> listParts(String key, String uploadId) throws StoreException {
    return real.listParts(key, uploadId);
  }

  @Override
  public void abortUpload(String key, String uploadId) throws StoreException {
    real.abortUpload(key, uploadId);
  }

  @Override
  public void listUploads(String prefix, Consumer<OpenUpload> each) throws StoreException {
    real.listUploads(prefix, each);
  }

  @Override
  public InputStream read(String key, ETag version, long offset, long length)
      throws StoreException {
    return real.read(key, version, offset, length);
  }

  @Override
  public Written copy(String sourceKey, ETag version, String targetKey, Guard guard)
      throws StoreException {
    return real.copy(sourceKey, version, targetKey, guard);
  }

  @Override
  public Instant serverTime(String prefix) throws StoreException {
    return real.serverTime(prefix);
  }

  @Override
  public void close() {
    real.close();
  }
}
