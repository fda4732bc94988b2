package dev.vat.disk;

import dev.vat.project.ContentHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Hashes a file from its beginning while its later parts are still being written, so that the hash
/// is known soon after the last byte. The bytes are read back from the file: what is hashed is what
/// lies there, whoever wrote it.
///
/// Thread-safe; memory is 2 MiB, or twice the file's size when that is less.
public final class GrowingHash {
  private static final int BUFFER_BYTES = 1024 * 1024;

  private final FileChannel file;
  private final RunningHash hash = new RunningHash();
  private final ByteBuffer buffer;
  private final byte[] bytes;

  /// @param file open for reading; stays the caller's to close
  /// @param sizeBytes what it will have in the end
  public GrowingHash(FileChannel file, long sizeBytes) {
    this.file = file;
    int size = (int) Math.clamp(sizeBytes, 1, BUFFER_BYTES);
    this.buffer = ByteBuffer.allocateDirect(size);
    this.bytes = new byte[size];
  }

  /// Hashes on to `end`, up to which the file is finished; nothing when it is there already.
  public synchronized void follow(long end) throws IOException {
    while (hash.total() < end) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - hash.total()));
      int count = file.read(buffer, hash.total());
      if (count < 0) {
        return;
      }
      buffer.flip().get(bytes, 0, count);
      hash.add(bytes, count);
    }
  }

  /// Hashes the rest, to the end that the file has now. To be called once, as the last.
  public synchronized ContentHash finish() throws IOException {
    follow(Long.MAX_VALUE);
    return hash.content();
  }
}
