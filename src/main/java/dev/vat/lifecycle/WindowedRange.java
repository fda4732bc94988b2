package dev.vat.lifecycle;

import dev.vat.archive.RangeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Reads ahead: small files that lie side by side in an archive come with one request. What is
/// longer than the window is passed through.
///
/// For one thread.
final class WindowedRange implements RangeSource {
  /// The end of an archive of light files, with its table of contents, is within one most times;
  /// and often the whole of it.
  static final int WINDOW_BYTES = 256 * 1024;

  private final RangeSource source;
  private byte[] window = new byte[0];
  private long windowAt;

  WindowedRange(RangeSource source) {
    this.source = source;
  }

  /// Most requests that reading some files of an archive takes, in its order: its end, then windows
  /// each of which begins behind the one before.
  static long mostRequests(long sizeBytes) {
    return sizeBytes <= WINDOW_BYTES ? 1 : 2 + sizeBytes / WINDOW_BYTES;
  }

  @Override
  public long size() throws IOException {
    return source.size();
  }

  @Override
  public InputStream read(long offset, long length) throws IOException {
    boolean within = offset >= windowAt && offset + length <= windowAt + window.length;
    if (!within && length > WINDOW_BYTES) {
      return source.read(offset, length);
    }
    if (!within) {
      int ahead = (int) Math.min(WINDOW_BYTES, source.size() - offset);
      try (InputStream in = source.read(offset, ahead)) {
        byte[] read = in.readNBytes(ahead);
        if (read.length < ahead) {
          throw new IOException("the archive's data ended early");
        }
        window = read;
        windowAt = offset;
      }
    }
    return new ByteArrayInputStream(window, (int) (offset - windowAt), (int) length);
  }
}
