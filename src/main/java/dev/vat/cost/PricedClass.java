package dev.vat.cost;

import java.util.Arrays;
import java.util.Optional;

/// The storage classes whose prices are known, by S3's own words.
///
/// Source of the rules: S3 User Guide, "Understanding and managing Amazon S3 storage classes".
public enum PricedClass {
  STANDARD(0, 0, false),
  STANDARD_IA(30, 128 * 1024, false),
  GLACIER_IR(90, 128 * 1024, false),
  GLACIER(90, 0, true),
  DEEP_ARCHIVE(180, 0, true);

  private final int minimumDays;
  private final long leastBytes;
  private final boolean frozen;

  PricedClass(int minimumDays, long leastBytes, boolean frozen) {
    this.minimumDays = minimumDays;
    this.leastBytes = leastBytes;
    this.frozen = frozen;
  }

  /// @return empty for a class whose prices are not known here
  public static Optional<PricedClass> named(String word) {
    return Arrays.stream(values()).filter(each -> each.name().equals(word)).findFirst();
  }

  /// For how many days at least an object is billed, whenever it is removed, replaced or moved on.
  public int minimumDays() {
    return minimumDays;
  }

  /// As how many bytes an object counts at least.
  long leastBytes() {
    return leastBytes;
  }

  /// Whether objects have to be thawed before they can be read, and carry S3's index of 40 KB.
  public boolean isFrozen() {
    return frozen;
  }
}
