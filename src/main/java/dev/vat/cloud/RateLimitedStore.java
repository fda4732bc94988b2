package dev.vat.cloud;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A store whose contents move no faster than a limit; questions and listings are not held up.
public final class RateLimitedStore implements ObjectStore {
  /// Small enough that a slow line moves steadily.
  private static final int CHUNK_BYTES = 16 * 1024;

  private final ObjectStore store;
  private final RateLimit limit;

  public RateLimitedStore(ObjectStore store, RateLimit limit) {
    this.store = store;
    this.limit = limit;
  }

  private Body limited(Body body) {
    return new Body() {
      @Override
      public long sizeBytes() {
        return body.sizeBytes();
      }

      @Override
      public int crc32() throws IOException {
        return body.crc32();
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        body.writeTo(new LimitedOutput(out));
      }
    };
  }

  private final class LimitedOutput extends FilterOutputStream {
    private LimitedOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      limit.spend(1);
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; ) {
        int chunk = Math.min(CHUNK_BYTES, length - done);
        limit.spend(chunk);
        out.write(bytes, offset + done, chunk);
        done += chunk;
      }
    }
  }

  private final class LimitedInput extends FilterInputStream {
    private LimitedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      limit.spend(1);
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, Math.min(CHUNK_BYTES, length));
      limit.spend(Math.max(0, count));
      return count;
    }
  }

  @Override
  public String bucket() {
    return store.bucket();
  }

  @Override
  public void list(String prefix, Consumer<ObjectSummary> each) throws StoreException {
    store.list(prefix, each);
  }

  @Override
  public Optional<ObjectFacts> head(String key) throws StoreException {
    return store.head(key);
  }

  @Override
  public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
      throws IOException {
    return store.put(key, limited(body), attributes, guard);
  }

  @Override
  public String createUpload(String key, ObjectAttributes attributes) throws StoreException {
    return store.createUpload(key, attributes);
  }

  @Override
  public UploadedPart uploadPart(String key, String uploadId, int number, Body body)
      throws IOException {
    return store.uploadPart(key, uploadId, number, limited(body));
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
    return new LimitedInput(store.read(key, version, offset, length));
  }

  @Override
  public Written copy(String sourceKey, ETag version, String targetKey, Guard guard)
      throws StoreException {
    return store.copy(sourceKey, version, targetKey, guard);
  }

  @Override
  public Removed remove(String key, ETag version) throws StoreException {
    return store.remove(key, version);
  }

  @Override
  public Instant serverTime(String prefix) throws StoreException {
    return store.serverTime(prefix);
  }

  @Override
  public void close() {
    store.close();
  }
}
