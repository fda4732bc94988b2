package dev.vat.cloud;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A store whose contents move no faster than a limit; questions and listings are not held up.
public final class RateLimitedStore extends ForwardingStore {
  /// Small enough that a slow line moves steadily.
  private static final int CHUNK_BYTES = 16 * 1024;

  private final RateLimit limit;

  public RateLimitedStore(ObjectStore store, RateLimit limit) {
    super(store);
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
      public byte[] md5() throws IOException {
        return body.md5();
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
  public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
      throws IOException {
    return super.put(key, limited(body), attributes, guard);
  }

  @Override
  public UploadedPart uploadPart(String key, String uploadId, int number, Body body)
      throws IOException {
    return super.uploadPart(key, uploadId, number, limited(body));
  }

  @Override
  public InputStream read(String key, ETag version, long offset, long length)
      throws StoreException {
    return new LimitedInput(super.read(key, version, offset, length));
  }
}
