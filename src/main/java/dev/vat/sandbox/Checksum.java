package dev.vat.sandbox;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// The additional checksums of S3.
///
/// Source: Amazon S3 User Guide, "Checking object integrity in Amazon S3".
enum Checksum {
  CRC32(32, 0xEDB88320L),
  CRC32C(32, 0x82F63B78L),
  CRC64NVME(64, Crc64Nvme.POLYNOMIAL),
  SHA1(160, 0),
  SHA256(256, 0);

  /// The header, also as a trailer, that carries a value.
  final String header = "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);

  /// The XML element that carries a value.
  final String element = "Checksum" + name();

  private final int bits;
  private final long polynomial;

  Checksum(int bits, long polynomial) {
    this.bits = bits;
    this.polynomial = polynomial;
  }

  /// @throws S3Error when S3 or the sandbox does not have it
  static Checksum of(String name) {
    return Arrays.stream(values())
        .filter(c -> c.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> ErrorCode.INVALID_REQUEST.error("No checksum algorithm: " + name));
  }

  /// One of the JDK's own digests.
  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  MessageDigest start() {
    return switch (this) {
      case CRC32 -> new Crc(new CRC32());
      case CRC32C -> new Crc(new CRC32C());
      case CRC64NVME -> new Crc(new Crc64Nvme());
      case SHA1 -> digest("SHA-1");
      case SHA256 -> digest("SHA-256");
    };
  }

  /// A CRC in the shape of a digest.
  private final class Crc extends MessageDigest {
    private final java.util.zip.Checksum sum;

    Crc(java.util.zip.Checksum sum) {
      super(Checksum.this.name());
      this.sum = sum;
    }

    @Override
    protected void engineUpdate(byte input) {
      sum.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      sum.update(input, offset, length);
    }

    @Override
    protected byte[] engineDigest() {
      byte[] value = bytes(sum.getValue());
      sum.reset();
      return value;
    }

    @Override
    protected void engineReset() {
      sum.reset();
    }
  }

  private byte[] bytes(long crc) {
    byte[] all = ByteBuffer.allocate(8).putLong(crc).array();
    return Arrays.copyOfRange(all, 8 - bits / 8, 8);
  }

  /// Whether the checksum of a whole follows from those of its parts.
  boolean linear() {
    return polynomial != 0;
  }

  /// The checksum of two contents joined, from the checksums of both: the first one's, moved up by
  /// the second one's length (a product modulo the polynomial), plus the second one's.
  ///
  /// @param secondLength of the second content, in bytes
  byte[] join(byte[] first, byte[] second, long secondLength) {
    long moved = new BigInteger(1, first).longValue();
    long square = 1L << (bits - 9);
    for (long n = secondLength; n != 0; n >>>= 1) {
      if ((n & 1) != 0) {
        moved = product(moved, square);
      }
      square = product(square, square);
    }
    return bytes(moved ^ new BigInteger(1, second).longValue());
  }

  private long product(long a, long b) {
    long sum = 0;
    long factor = b;
    for (long bit = 1L << (bits - 1); bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        sum ^= factor;
      }
      factor = (factor & 1) == 0 ? factor >>> 1 : (factor >>> 1) ^ polynomial;
    }
    return sum;
  }
}
