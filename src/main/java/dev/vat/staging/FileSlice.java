package dev.vat.staging;

import dev.vat.cloud.Body;
import dev.vat.cloud.SourceChangedException;
import dev.vat.progress.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/// A stretch of a file as something to send. Reads the file anew each time, with one small buffer.
final class FileSlice implements Body {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final Path file;
  private final long offset;
  private final long sizeBytes;
  private final Progress.Task task;
  private long reported;
  private OptionalInt crc32 = OptionalInt.empty();

  FileSlice(Path file, long offset, long sizeBytes, Progress.Task task) {
    this.file = file;
    this.offset = offset;
    this.sizeBytes = sizeBytes;
    this.task = task;
  }

  private interface Sink {
    void take(ByteBuffer bytes) throws IOException;
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  /// Read once: whoever sends the bytes later promises what was checked then, so that an edit in
  /// between breaks the promise instead of renewing it.
  @Override
  public int crc32() throws IOException {
    if (crc32.isEmpty()) {
      CRC32 crc = new CRC32();
      read(crc::update);
      crc32 = OptionalInt.of((int) crc.getValue());
    }
    return crc32.getAsInt();
  }

  /// Without telling of progress: nothing is sent by it.
  @Override
  public byte[] md5() throws IOException {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      read(md5::update);
      return md5.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    task.advance(-reported);
    reported = 0;
    read(
        bytes -> {
          int count = bytes.remaining();
          out.write(bytes.array(), 0, count);
          task.advance(count);
          reported += count;
        });
  }

  private void read(Sink sink) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long position = offset;
      long end = offset + sizeBytes;
      while (position < end) {
        buffer.clear().limit((int) Math.min(BUFFER_BYTES, end - position));
        int count = channel.read(buffer, position);
        if (count < 0) {
          throw new SourceChangedException(
              file.getFileName() + " became shorter while it was being sent");
        }
        position += count;
        sink.take(buffer.flip());
      }
    }
  }
}
