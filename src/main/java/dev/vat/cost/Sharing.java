package dev.vat.cost;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What sharing through S3 takes a month, for three ways of working.
///
/// @param name for users
/// @param sharedBytes that lie there all month
/// @param downloadedBytes by everybody together
/// @param writes requests that write or list
/// @param reads requests that read or look
public record Sharing(
    String name, long sharedBytes, long downloadedBytes, long writes, long reads) {
  /// Accounts made before had 5 GB of Standard, 20,000 reads and 2,000 writes a month free in their
  /// first twelve months; younger ones have credits instead. Source: Amazon S3 pricing page.
  public static final LocalDate FREE_TIER_ENDED = LocalDate.of(2025, 7, 15);

  private static final long FREE_BYTES = 5 * Prices.GB;
  private static final long FREE_WRITES = 2_000;
  private static final long FREE_READS = 20_000;

  /// A draft now and then; a project at a time; several at once, in full quality.
  public static List<Sharing> usual() {
    return List.of(
        new Sharing("light", 5 * Prices.GB, 10 * Prices.GB, 2_000, 4_000),
        new Sharing("medium", 25 * Prices.GB, 60 * Prices.GB, 8_000, 20_000),
        new Sharing("heavy", 100 * Prices.GB, 300 * Prices.GB, 30_000, 80_000));
  }

  /// Whether an account has the old free tier on a day.
  ///
  /// @param since when it was made
  public static boolean hasFreeTier(LocalDate since, LocalDate on) {
    return since.isBefore(FREE_TIER_ENDED)
        && !on.isBefore(since)
        && on.isBefore(since.plusMonths(12));
  }

  /// A month's bill.
  public record Bill(Amount storage, Amount requests, Amount download) {
    /// All of it.
    public Amount total() {
      return storage.plus(requests).plus(download);
    }
  }

  /// @param since when the account was made; empty for no free tier but the 100 GB of downloads
  ///     that every account has
  public Bill bill(Prices prices, Optional<LocalDate> since, LocalDate on) {
    boolean free = since.filter(date -> hasFreeTier(date, on)).isPresent();
    return new Bill(
        prices.storage(
            PricedClass.STANDARD, free ? Math.max(0, sharedBytes - FREE_BYTES) : sharedBytes, 0),
        prices
            .puts(PricedClass.STANDARD, free ? Math.max(0, writes - FREE_WRITES) : writes)
            .plus(
                prices.gets(PricedClass.STANDARD, free ? Math.max(0, reads - FREE_READS) : reads)),
        prices.download(downloadedBytes, 0));
  }
}
