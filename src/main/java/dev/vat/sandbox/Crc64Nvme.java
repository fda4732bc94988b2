package dev.vat.sandbox;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/// CRC-64/NVME, S3's own default checksum, eight bytes at a time.
///
/// Source: NVM Express NVM Command Set Specification 1.0, 64b CRC; polynomial and check value also
/// in the catalogue of parametrised CRC algorithms. The check value of `123456789` is
/// AE8B14860A799888.
final class Crc64Nvme implements Checksum {
  /// The polynomial, reflected.
  static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long[][] TABLES = tables();

  private long crc = -1;

  private static long[][] tables() {
    long[][] tables = new long[8][256];
    for (int i = 0; i < 256; i++) {
      long c = i;
      for (int bit = 0; bit < 8; bit++) {
        c = (c & 1) == 0 ? c >>> 1 : (c >>> 1) ^ POLYNOMIAL;
      }
      tables[0][i] = c;
    }
    for (int t = 1; t < 8; t++) {
      for (int i = 0; i < 256; i++) {
        long before = tables[t - 1][i];
        tables[t][i] = (before >>> 8) ^ tables[0][(int) before & 0xFF];
      }
    }
    return tables;
  }

  @Override
  public void update(int b) {
    crc = (crc >>> 8) ^ TABLES[0][(int) (crc ^ b) & 0xFF];
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int i = offset;
    long c = crc;
    for (int end = offset + length - 7; i < end; i += 8) {
      c ^= (long) LONGS.get(bytes, i);
      c =
          TABLES[7][(int) c & 0xFF]
              ^ TABLES[6][(int) (c >>> 8) & 0xFF]
              ^ TABLES[5][(int) (c >>> 16) & 0xFF]
              ^ TABLES[4][(int) (c >>> 24) & 0xFF]
              ^ TABLES[3][(int) (c >>> 32) & 0xFF]
              ^ TABLES[2][(int) (c >>> 40) & 0xFF]
              ^ TABLES[1][(int) (c >>> 48) & 0xFF]
              ^ TABLES[0][(int) (c >>> 56)];
    }
    crc = c;
    for (; i < offset + length; i++) {
      update(bytes[i]);
    }
  }

  @Override
  public long getValue() {
    return ~crc;
  }

  @Override
  public void reset() {
    crc = -1;
  }
}
