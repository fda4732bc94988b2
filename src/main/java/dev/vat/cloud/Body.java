package dev.vat.cloud;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;

/// Bytes to send, which can be read again for a retry.
public interface Body {
  /// How many bytes [#writeTo] writes.
  long sizeBytes();

  /// The CRC-32 of the bytes, established before sending; S3 refuses anything else.
  int crc32() throws IOException;

  /// The MD5 of the bytes, for servers that do not take the CRC-32. Reads them: whoever sends them
  /// later still compares them with [#crc32], so that both sums are of what is sent.
  default byte[] md5() throws IOException {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), md5));
      return md5.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

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
