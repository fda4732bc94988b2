package dev.vat.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vat.project.TreeFile;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// Tells whether a folder still looks the same: names, sizes and times of its files, in the order
/// of the walk. No proof of their contents: it only decides whether the index reads a copy again.
///
/// Two sums that processors compute by themselves, since it runs over every file of every project
/// each time.
public final class Fingerprint {
  private final CRC32 one = new CRC32();
  private final CRC32C other = new CRC32C();
  private final ByteBuffer numbers = ByteBuffer.allocate(Long.BYTES * 2 + Integer.BYTES);
  private long files;

  /// Takes in the next file of the walk.
  public void add(TreeFile file) {
    files++;
    byte[] name = file.name().value().getBytes(UTF_8);
    numbers.clear();
    numbers.putLong(file.sizeBytes());
    numbers.putLong(file.modifiedAt().getEpochSecond());
    numbers.putInt(file.modifiedAt().getNano());
    one.update(name);
    one.update(numbers.array());
    other.update(numbers.array());
    other.update(name);
  }

  /// Of everything so far.
  public String value() {
    return files + "-" + Long.toHexString(one.getValue() << 32 | other.getValue());
  }
}
