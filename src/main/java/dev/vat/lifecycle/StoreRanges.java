package dev.vat.lifecycle;

import dev.vat.archive.RangeSource;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import java.io.IOException;
import java.io.InputStream;

/// An archive object in S3, exactly one version of it, read by ranges. A line that breaks in the
/// middle is taken up again where it broke.
///
/// @param object which version
record StoreRanges(ObjectStore store, ObjectSummary object) implements RangeSource {
  /// How often in a row it may break without a byte in between.
  private static final int MOST_BREAKS = 5;

  @Override
  public long size() {
    return object.sizeBytes();
  }

  @Override
  public InputStream read(long offset, long length) throws IOException {
    return new GoingOn(offset, offset + length);
  }

  private final class GoingOn extends InputStream {
    private final long end;
    private long at;
    private InputStream now;
    private int breaks;

    private GoingOn(long begin, long end) throws IOException {
      this.at = begin;
      this.end = end;
      this.now = opened();
    }

    private InputStream opened() throws StoreException {
      return store.read(object.key(), object.etag(), at, end - at);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      while (true) {
        try {
          int count = now.read(bytes, offset, length);
          if (count > 0) {
            at += count;
            breaks = 0;
          }
          return count;
        } catch (StoreException told) {
          throw told;
        } catch (IOException broken) {
          breaks++;
          if (breaks > MOST_BREAKS || Thread.currentThread().isInterrupted()) {
            throw broken;
          }
          now.close();
          now = opened();
        }
      }
    }

    @Override
    public void close() throws IOException {
      now.close();
    }
  }
}
