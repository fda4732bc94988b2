package dev.vat.sandbox;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/// The additional checksums of S3.
///
/// Source: Amazon S3 User Guide, "Checking object integrity in Amazon S3".
enum ChecksumAlgorithm {
  CRC32("CRC32", 32, 0xEDB88320L),
  CRC32C("CRC32C", 32, 0x82F63B78L),
  CRC64NVME("CRC64NVME", 64, Crc64Nvme.POLYNOMIAL),
  SHA1("SHA1", 160, 0),
  SHA256("SHA256", 256, 0);

  /// The header, also as a trailer, that carries a value.
  final String header;

  /// The XML element that carries a value.
  final String element;

  private final int bits;
  private final long polynomial;

  ChecksumAlgorithm(String name, int bits, long polynomial) {
    this.header = "x-amz-checksum-" + name.toLowerCase(Locale.ROOT);
    this.element = "Checksum" + name;
    this.bits = bits;
    this.polynomial = polynomial;
  }

  /// A checksum being calculated.
  interface Running {
    void update(byte[] bytes, int offset, int length);

    byte[] value();
  }

  static Optional<ChecksumAlgorithm> ofHeader(String header) {
    return Arrays.stream(values()).filter(a -> a.header.equalsIgnoreCase(header)).findFirst();
  }

  /// @throws S3Error when S3 or the sandbox does not have it
  static ChecksumAlgorithm ofName(String name) {
    return Arrays.stream(values())
        .filter(a -> a.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () -> ErrorCode.INVALID_REQUEST.error("Checksum algorithm is not valid: " + name));
  }

  /// Whether the checksum of a whole follows from those of its parts.
  boolean linear() {
    return polynomial != 0;
  }

  Running start() {
    return switch (this) {
      case CRC32 -> running(new CRC32());
      case CRC32C -> running(new CRC32C());
      case CRC64NVME -> running(new Crc64Nvme());
      case SHA1 -> running(Digests.of("SHA-1"));
      case SHA256 -> running(Digests.of("SHA-256"));
    };
  }

  private Running running(Checksum sum) {
    return new Running() {
      @Override
      public void update(byte[] bytes, int offset, int length) {
        sum.update(bytes, offset, length);
      }

      @Override
      public byte[] value() {
        return bytes(sum.getValue());
      }
    };
  }

  private static Running running(MessageDigest digest) {
    return new Running() {
      @Override
      public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
      }

      @Override
      public byte[] value() {
        return digest.digest();
      }
    };
  }

  private byte[] bytes(long crc) {
    byte[] all = ByteBuffer.allocate(8).putLong(crc).array();
    return Arrays.copyOfRange(all, 8 - bits / 8, 8);
  }

  /// @param base64 a value as a client gives it
  /// @throws S3Error when it cannot be one of this algorithm
  byte[] parse(String base64) {
    try {
      byte[] value = Base64.getDecoder().decode(base64);
      if (value.length == bits / 8) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw ErrorCode.INVALID_REQUEST.error("Value for " + header + " header is invalid.");
  }

  /// The checksum of two contents joined, from the checksums of both: the first one's, moved up by
  /// the second one's length (a product modulo the polynomial), plus the second one's.
  ///
  /// @param secondLength of the second content, in bytes
  byte[] join(byte[] first, byte[] second, long secondLength) {
    long shift = 1L << (bits - 1);
    long square = 1L << (bits - 9);
    for (long n = secondLength; n != 0; n >>>= 1) {
      if ((n & 1) != 0) {
        shift = product(shift, square);
      }
      square = product(square, square);
    }
    return bytes(product(shift, number(first)) ^ number(second));
  }

  private static long number(byte[] value) {
    long n = 0;
    for (byte b : value) {
      n = n << 8 | b & 0xFF;
    }
    return n;
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
