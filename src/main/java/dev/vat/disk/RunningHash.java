package dev.vat.disk;

import dev.vat.project.ContentHash;
import dev.vat.project.Md5;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;

/// The MD5 and the CRC-32 of the bytes that came so far. Not for several threads.
final class RunningHash {
  private final MessageDigest md5 = md5();
  private final CRC32 crc = new CRC32();
  private long total;

  void add(byte[] bytes, int count) {
    md5.update(bytes, 0, count);
    crc.update(bytes, 0, count);
    total += count;
  }

  long total() {
    return total;
  }

  /// Of all that came; nothing may be added afterwards.
  ContentHash content() {
    return new ContentHash(total, Md5.of(md5.digest()), (int) crc.getValue());
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has MD5", impossible);
    }
  }
}
