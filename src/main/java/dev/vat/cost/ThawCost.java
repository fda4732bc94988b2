package dev.vat.cost;

import java.util.Optional;

/// What it takes to get frozen objects home.
///
/// @param thawing for the bytes and the requests
/// @param kept the thawed copy, in Standard for the days asked for; the frozen one is billed on
/// @param requests for reading it
/// @param download to the internet
public record ThawCost(Amount thawing, Amount kept, Amount requests, Amount download) {
  /// How many bytes are asked for by one request when they are downloaded, at least.
  private static final long READ_BYTES = 16L << 20;

  /// @param bytes that are thawed
  /// @param days for which the thawed copy is there
  /// @param downloaded bytes of it that are downloaded; 0 when it stays in the cloud
  /// @param earlier what the account has downloaded this month
  /// @return empty where S3 does not offer that speed for the class
  public static Optional<ThawCost> of(
      Prices prices,
      PricedClass from,
      ThawSpeed speed,
      long bytes,
      long objects,
      int days,
      long downloaded,
      long earlier) {
    return prices
        .thawing(from, speed, bytes, objects)
        .map(
            thawing ->
                new ThawCost(
                    thawing,
                    prices.standardFor(bytes, days),
                    prices.gets(PricedClass.STANDARD, Math.ceilDiv(downloaded, READ_BYTES)),
                    prices.download(downloaded, earlier)));
  }

  /// All of it.
  public Amount total() {
    return thawing.plus(kept).plus(requests).plus(download);
  }
}
