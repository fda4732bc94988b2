package dev.vat.cloud;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/// Bytes to send, which can be read again for a retry.
public interface Body {
  /// How many bytes [#writeTo] writes.
  long sizeBytes();

  /// The CRC-32 of the bytes, established before sending; S3 refuses anything else.
  int crc32() throws IOException;

  /// Writes all the bytes. May be called more than once, each time from the beginning.
  void writeTo(OutputStream out) throws IOException;

  /// A small body from memory.
  static Body of(byte[] bytes) {
    return new Body() {
      @Override
      public long sizeBytes() {
        return bytes.length;
      }

      @Override
      public int crc32() {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
      }
    };
  }
}
