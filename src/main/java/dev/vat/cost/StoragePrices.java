package dev.vat.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;

/// What AWS takes for storing in S3, by its list prices, in US dollars without tax. Requests,
/// downloads, older versions and thawed copies cost extra. Pure; the table is in `docs/costs.md`
/// with its sources, and dated, because AWS changes it.
public final class StoragePrices {
  /// A GB on the bill.
  private static final BigDecimal GB = BigDecimal.valueOf(1L << 30);

  /// What Deep Archive adds to each object: an index at its own price, and its name at Standard's.
  /// Source: S3 User Guide, "Understanding archival storage".
  private static final long INDEX_BYTES = 32 * 1024;

  private static final long NAME_BYTES = 8 * 1024;

  private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
  private static final YearMonth JULY = YearMonth.of(2026, 7);

  /// Per GB and month, in Standard up to 50 TB of the whole account: above it is less.
  private static final Map<String, Map<StorageClass, Rate>> RATES =
      Map.of(
          "us-east-1",
          Map.of(
              StorageClass.STANDARD, new Rate("0.023", OCTOBER),
              StorageClass.DEEP_ARCHIVE, new Rate("0.00099", OCTOBER)),
          "eu-west-1",
          Map.of(
              StorageClass.STANDARD, new Rate("0.023", JULY),
              StorageClass.DEEP_ARCHIVE, new Rate("0.00099")),
          "ap-southeast-1",
          Map.of(
              StorageClass.STANDARD, new Rate("0.025", JULY),
              StorageClass.DEEP_ARCHIVE, new Rate("0.002")),
          "ap-southeast-2",
          Map.of(
              StorageClass.STANDARD, new Rate("0.025", JULY),
              StorageClass.DEEP_ARCHIVE, new Rate("0.002")));

  private StoragePrices() {}

  /// The storage classes that archives are kept in.
  public enum StorageClass {
    STANDARD,
    DEEP_ARCHIVE
  }

  private record Rate(BigDecimal usd, Optional<YearMonth> asOf) {
    Rate(String usd, YearMonth asOf) {
      this(new BigDecimal(usd), Optional.of(asOf));
    }

    /// One that no price list at hand confirms.
    Rate(String usd) {
      this(new BigDecimal(usd), Optional.empty());
    }
  }

  /// A price.
  ///
  /// @param usd of a month, to a hundredth of a cent, rounded up
  /// @param asOf of the oldest price list in it; empty when a rate in it is not confirmed
  public record Monthly(BigDecimal usd, Optional<YearMonth> asOf) {}

  /// What a month of storing takes.
  ///
  /// @param bytes of all objects together
  /// @param objects how many
  /// @param region in AWS's spelling: `ap-southeast-1`
  /// @return empty for a region whose prices are not known here
  /// @throws IllegalArgumentException for a negative amount
  public static Optional<Monthly> monthly(
      long bytes, long objects, StorageClass storageClass, String region) {
    if (bytes < 0 || objects < 0) {
      throw new IllegalArgumentException("negative amount: " + bytes + ", " + objects);
    }
    return Optional.ofNullable(RATES.get(region))
        .map(rates -> monthly(bytes, objects, storageClass, rates));
  }

  private static Monthly monthly(
      long bytes, long objects, StorageClass storageClass, Map<StorageClass, Rate> rates) {
    Rate standard = rates.get(StorageClass.STANDARD);
    Rate rate = rates.get(storageClass);
    BigDecimal amount = BigDecimal.valueOf(bytes).multiply(rate.usd());
    Optional<YearMonth> asOf = rate.asOf();
    if (storageClass == StorageClass.DEEP_ARCHIVE) {
      BigDecimal each =
          BigDecimal.valueOf(INDEX_BYTES)
              .multiply(rate.usd())
              .add(BigDecimal.valueOf(NAME_BYTES).multiply(standard.usd()));
      amount = amount.add(BigDecimal.valueOf(objects).multiply(each));
      asOf = asOf.flatMap(one -> standard.asOf().map(other -> one.isBefore(other) ? one : other));
    }
    return new Monthly(amount.divide(GB, 4, RoundingMode.UP), asOf);
  }
}
