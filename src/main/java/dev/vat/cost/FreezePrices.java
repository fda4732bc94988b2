package dev.vat.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What moving an object from S3 Standard to a colder class saves a month, and what it takes once,
/// by AWS's list prices in US dollars without tax. Pure; `docs/costs.md` has the sources.
public final class FreezePrices {
  private static final BigDecimal GB = BigDecimal.valueOf(1L << 30);
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  /// What S3 adds to each object in the two classes that have to be thawed: an index at the class's
  /// own price, and its name at Standard's. Source: S3 User Guide, "Understanding archival
  // storage".
  private static final long INDEX_BYTES = 32 * 1024;

  private static final long NAME_BYTES = 8 * 1024;

  /// One CopyObject takes no more; bigger ones are copied in parts of 1 GiB, which are requests at
  /// Standard's price, and one at the class's.
  private static final long AT_ONCE_BYTES = 5_000_000_000L;

  private static final long PART_BYTES = 1L << 30;

  private FreezePrices() {}

  /// A class that objects are moved to.
  public enum Target {
    GLACIER_IR(90),
    GLACIER(90),
    DEEP_ARCHIVE(180);

    private final int minimumDays;

    Target(int minimumDays) {
      this.minimumDays = minimumDays;
    }

    /// So many days are billed at least, also of what is deleted or moved earlier. Source: S3
    /// pricing page.
    public int minimumDays() {
      return minimumDays;
    }
  }

  /// @param perGb and month
  /// @param per1000 requests that put something into the class
  /// @param confirmed whether a price list at hand has both
  private record Rate(BigDecimal perGb, BigDecimal per1000, boolean confirmed) {
    Rate(String perGb, String per1000, boolean confirmed) {
      this(new BigDecimal(perGb), new BigDecimal(per1000), confirmed);
    }
  }

  private record Region(Rate standard, Map<Target, Rate> targets) {}

  private static final Map<String, Region> REGIONS =
      Map.of(
          "us-east-1",
          new Region(
              new Rate("0.023", "0.005", true),
              Map.of(
                  Target.GLACIER_IR, new Rate("0.004", "0.02", true),
                  Target.GLACIER, new Rate("0.0036", "0.03", true),
                  Target.DEEP_ARCHIVE, new Rate("0.00099", "0.05", true))),
          "eu-west-1",
          new Region(
              new Rate("0.023", "0.005", false),
              Map.of(
                  Target.GLACIER_IR, new Rate("0.004", "0.02", false),
                  Target.GLACIER, new Rate("0.0036", "0.033", false),
                  Target.DEEP_ARCHIVE, new Rate("0.00099", "0.055", false))),
          "ap-southeast-1",
          new Region(
              new Rate("0.025", "0.005", true),
              Map.of(
                  Target.GLACIER_IR, new Rate("0.005", "0.02", true),
                  Target.GLACIER, new Rate("0.0045", "0.036", false),
                  Target.DEEP_ARCHIVE, new Rate("0.002", "0.06", false))),
          "ap-southeast-2",
          new Region(
              new Rate("0.025", "0.0055", false),
              Map.of(
                  Target.GLACIER_IR, new Rate("0.005", "0.024", false),
                  Target.GLACIER, new Rate("0.0045", "0.036", false),
                  Target.DEEP_ARCHIVE, new Rate("0.002", "0.06", false))));

  /// What a move comes to.
  ///
  /// @param monthlyUsd saved each month; below zero for an object that gets dearer
  /// @param onceUsd for the requests
  /// @param paysOffAfterDays when the saving has earned the requests; empty when never
  /// @param confirmed whether a price list at hand has each price in it
  public record Gain(
      BigDecimal monthlyUsd, BigDecimal onceUsd, OptionalLong paysOffAfterDays, boolean confirmed) {
    /// Both together.
    public Gain plus(Gain other) {
      return of(
          monthlyUsd.add(other.monthlyUsd),
          onceUsd.add(other.onceUsd),
          confirmed && other.confirmed);
    }

    private static Gain of(BigDecimal monthly, BigDecimal once, boolean confirmed) {
      OptionalLong days =
          monthly.signum() <= 0
              ? OptionalLong.empty()
              : OptionalLong.of(
                  once.multiply(BigDecimal.valueOf(30))
                      .divide(monthly, 0, RoundingMode.UP)
                      .longValueExact());
      return new Gain(monthly, once, days, confirmed);
    }
  }

  /// What moving one object from Standard comes to.
  ///
  /// @param region in AWS's spelling: `ap-southeast-1`
  /// @return empty for a region whose prices are not known here
  /// @throws IllegalArgumentException for a negative amount
  public static Optional<Gain> of(long bytes, Target target, String region) {
    if (bytes < 0) {
      throw new IllegalArgumentException("negative amount: " + bytes);
    }
    return Optional.ofNullable(REGIONS.get(region))
        .map(prices -> of(bytes, target, prices.standard(), prices.targets().get(target)));
  }

  private static Gain of(long bytes, Target target, Rate standard, Rate rate) {
    BigDecimal before = BigDecimal.valueOf(bytes).multiply(standard.perGb());
    BigDecimal after = BigDecimal.valueOf(bytes).multiply(rate.perGb());
    if (target != Target.GLACIER_IR) {
      after =
          after
              .add(BigDecimal.valueOf(INDEX_BYTES).multiply(rate.perGb()))
              .add(BigDecimal.valueOf(NAME_BYTES).multiply(standard.perGb()));
    }
    long parts = bytes <= AT_ONCE_BYTES ? 0 : Math.ceilDiv(bytes, PART_BYTES) + 1;
    BigDecimal once =
        rate.per1000().add(standard.per1000().multiply(BigDecimal.valueOf(parts))).divide(THOUSAND);
    return Gain.of(
        before.subtract(after).divide(GB, 8, RoundingMode.DOWN),
        once,
        standard.confirmed() && rate.confirmed());
  }
}
