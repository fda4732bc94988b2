package dev.vat.cloud.s3;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.OptionalInt;

/// The form in which S3 writes a CRC-32: base64 of its four bytes, high byte first. Source: S3 User
/// Guide, "Checking object integrity".
final class Crc {
  private Crc() {}

  static String header(int crc32) {
    return Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt(crc32).array());
  }

  /// @param header may be null, and may be a sum of sums (`...-3`), which says nothing of the whole
  static OptionalInt of(String header) {
    if (header == null || header.indexOf('-') >= 0) {
      return OptionalInt.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header);
      return bytes.length == 4
          ? OptionalInt.of(ByteBuffer.wrap(bytes).getInt())
          : OptionalInt.empty();
    } catch (IllegalArgumentException _) {
      // Not base64: a server with its own ideas. As good as no sum.
      return OptionalInt.empty();
    }
  }
}
