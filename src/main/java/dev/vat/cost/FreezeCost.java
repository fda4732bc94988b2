package dev.vat.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/// What moving objects from S3 Standard into a colder class saves, and takes.
///
/// @param savesPerMonth in storage; below nothing where it costs more
/// @param requests once
public record FreezeCost(Amount savesPerMonth, Amount requests) {
  /// One request copies no more; bigger objects go in parts of 1 GiB, which are billed at
  /// Standard's price. Source: API Reference, CopyObject; S3 User Guide, "Multipart upload and
  /// pricing".
  private static final long AT_ONCE_BYTES = 5_000_000_000L;

  private static final long PART_BYTES = 1L << 30;

  private static final BigDecimal DAYS_A_MONTH = BigDecimal.valueOf(30);

  /// A class that objects are moved to.
  public enum Target {
    GLACIER_IR,
    GLACIER,
    DEEP_ARCHIVE;

    /// Its prices and rules.
    public PricedClass priced() {
      return PricedClass.valueOf(name());
    }
  }

  /// Of one object.
  ///
  /// @throws IllegalArgumentException for a negative amount
  public static FreezeCost of(Prices prices, long bytes, Target to) {
    long parts = bytes <= AT_ONCE_BYTES ? 0 : Math.ceilDiv(bytes, PART_BYTES) + 1;
    return new FreezeCost(
        prices.storage(PricedClass.STANDARD, bytes, 1).minus(prices.storage(to.priced(), bytes, 1)),
        prices.puts(to.priced(), 1).plus(prices.puts(PricedClass.STANDARD, parts)));
  }

  /// Both together.
  public FreezeCost plus(FreezeCost other) {
    return new FreezeCost(savesPerMonth.plus(other.savesPerMonth), requests.plus(other.requests));
  }

  /// When the savings have paid for the requests; empty when never.
  public OptionalLong paysOffAfterDays() {
    return savesPerMonth.usd().signum() <= 0
        ? OptionalLong.empty()
        : OptionalLong.of(
            requests
                .usd()
                .multiply(DAYS_A_MONTH)
                .divide(savesPerMonth.usd(), 0, RoundingMode.UP)
                .longValueExact());
  }

  /// Whether a price list at hand has each price in it.
  public boolean confirmed() {
    return savesPerMonth.confirmed() && requests.confirmed();
  }
}
