package dev.vat.archive;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256, as four numbers of 64 bits: a table of contents holds hundreds of thousands.
///
/// @param a the first 8 bytes, big-endian; then `b`, `c`, `d`
public record Sha256(long a, long b, long c, long d) {
  private static final String PREFIX = "sha256:";
  private static final int BYTES = 32;

  /// @param bytes the 32 bytes of the digest
  public static Sha256 of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("not a SHA-256: " + bytes.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Sha256(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /// Of nothing: every empty file's.
  static Sha256 ofNothing() {
    return of(algorithm().digest());
  }

  /// Reads the form that [#toString] writes.
  ///
  /// @throws IllegalArgumentException when it is another algorithm's, or no digest
  static Sha256 parse(String text) {
    if (!text.matches(PREFIX + "[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256");
    }
    return of(HexFormat.of().parseHex(text, PREFIX.length(), text.length()));
  }

  static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }

  /// 64 small hexadecimal digits.
  public String hex() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(a) + hex.toHexDigits(b) + hex.toHexDigits(c) + hex.toHexDigits(d);
  }

  /// As tables of contents have it: `sha256:` and [#hex].
  @Override
  public String toString() {
    return PREFIX + hex();
  }
}
