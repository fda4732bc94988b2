package dev.vat.mhl;

import java.math.BigInteger;

/// Writes a SHA-512 as the C4 framework does (SMPTE ST 2114): `c4`, and the number in base 58, 88
/// digits.
final class C4 {
  private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
  private static final int LENGTH = 88;

  private C4() {}

  /// @param sha512 the 64 bytes of the digest
  static Digest of(byte[] sha512) {
    BigInteger rest = new BigInteger(1, sha512);
    StringBuilder reversed = new StringBuilder(LENGTH);
    while (reversed.length() < LENGTH) {
      BigInteger[] parts = rest.divideAndRemainder(BASE);
      reversed.append(DIGITS.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    return new Digest(HashFormat.C4, "c4" + reversed.reverse());
  }

  static Digest ofBytes(byte[] content) {
    return of(Algorithms.sha512().digest(content));
  }
}
