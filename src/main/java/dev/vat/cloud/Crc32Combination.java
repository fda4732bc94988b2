package dev.vat.cloud;

/// Computes the CRC-32 of two stretches of bytes put together from the CRC-32 of each, without the
/// bytes: parts of an upload are summed one by one, S3 is told the sum of the whole.
///
/// Appending `n` zero bytes to a message multiplies its CRC by x^(8n) modulo the CRC's polynomial
/// (ITU-T V.42, reflected form 0xEDB88320); the CRC of the second stretch is then added.
public final class Crc32Combination {
  private static final int POLYNOMIAL = 0xEDB88320;

  /// In the reflected form the polynomial 1 is the highest bit.
  private static final int ONE = 1 << 31;

  private Crc32Combination() {}

  /// @param first the CRC-32 of the first stretch
  /// @param second the CRC-32 of the second
  /// @param secondBytes the length of the second, in bytes
  public static int of(int first, int second, long secondBytes) {
    return multiply(powerOfX8(secondBytes), first) ^ second;
  }

  private static int powerOfX8(long bytes) {
    int result = ONE;
    int square = ONE >>> 8;
    for (long rest = bytes; rest != 0; rest >>>= 1) {
      if ((rest & 1) == 1) {
        result = multiply(square, result);
      }
      square = multiply(square, square);
    }
    return result;
  }

  private static int multiply(int a, int b) {
    int product = 0;
    int shifted = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= shifted;
      }
      shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL;
    }
    return product;
  }
}
