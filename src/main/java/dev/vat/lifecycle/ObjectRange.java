package dev.vat.lifecycle;

import dev.vat.archive.RangeSource;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/// An archive object in S3, read by ranges of exactly one version. A stream that breaks is asked
/// for again from where it broke.
final class ObjectRange implements RangeSource {
  /// Times that a stream may break without a byte in between.
  private static final int BREAKS = 4;

  private final ObjectStore store;
  private final ObjectSummary object;
  private final AtomicLong fetched = new AtomicLong();

  ObjectRange(ObjectStore store, ObjectSummary object) {
    this.store = store;
    this.object = object;
  }

  @Override
  public long size() {
    return object.sizeBytes();
  }

  /// How many bytes came so far.
  long fetchedBytes() {
    return fetched.get();
  }

  @Override
  public InputStream read(long offset, long length) throws IOException {
    return new Resumed(offset, length);
  }

  private final class Resumed extends InputStream {
    private long offset;
    private long left;
    private InputStream now;

    private Resumed(long offset, long length) throws StoreException {
      this.offset = offset;
      this.left = length;
      this.now = store.read(object.key(), object.etag(), offset, length);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      for (int broken = 1; ; broken++) {
        try {
          int got = now.read(buffer, from, (int) Math.min(length, left));
          if (got > 0) {
            offset += got;
            left -= got;
            fetched.addAndGet(got);
          }
          return got;
        } catch (StoreException told) {
          throw told;
        } catch (IOException line) {
          if (broken == BREAKS) {
            throw line;
          }
          now.close();
          now = store.read(object.key(), object.etag(), offset, left);
        }
      }
    }

    @Override
    public void close() throws IOException {
      now.close();
    }
  }
}
