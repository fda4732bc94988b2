package dev.vat.cost;

/// What storing a project in S3 Standard takes.
///
/// @param perMonth for storing it, as long as it is not frozen
/// @param requests once
public record BackupCost(Amount perMonth, Amount requests) {
  /// What looking takes before and after: a page of the listing, and some HEADs.
  private static final int LISTS = 2;

  private static final int LOOKS = 10;

  /// Of one project.
  ///
  /// @param archiveBytes about, of the archive object
  /// @param partBytes of each part that it is sent in
  /// @param besideBytes of what lies beside it
  /// @param besideObjects how many these are
  /// @throws IllegalArgumentException for a negative amount
  public static BackupCost of(
      Prices prices, long archiveBytes, long partBytes, long besideBytes, int besideObjects) {
    long requests =
        LISTS
            + requests(archiveBytes, partBytes)
            + requests(besideBytes, partBytes)
            + besideObjects;
    return new BackupCost(
        prices.storage(
            PricedClass.STANDARD, Math.addExact(archiveBytes, besideBytes), 1L + besideObjects),
        prices.puts(PricedClass.STANDARD, requests).plus(prices.gets(PricedClass.STANDARD, LOOKS)));
  }

  /// One, or one for each part with one to begin and one to complete.
  private static long requests(long bytes, long partBytes) {
    long parts = Math.ceilDiv(bytes, partBytes);
    return parts <= 1 ? 1 : parts + 2;
  }

  /// Both together.
  public BackupCost plus(BackupCost other) {
    return new BackupCost(perMonth.plus(other.perMonth), requests.plus(other.requests));
  }

  /// Whether a price list at hand has each price in it.
  public boolean confirmed() {
    return perMonth.confirmed() && requests.confirmed();
  }
}
