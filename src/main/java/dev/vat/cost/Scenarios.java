package dev.vat.cost;

/// The same projects kept in three ways, and what a month of each takes. What lies on drives costs
/// nothing here.
///
/// @param allStandard everything in S3 Standard
/// @param allDeep everything in Deep Archive
/// @param standard of the mixture, what is in S3 Standard
/// @param frozen of the mixture, what is in Deep Archive
public record Scenarios(Amount allStandard, Amount allDeep, Amount standard, Amount frozen) {
  /// Where what is.
  ///
  /// @param ssd only on drives
  public record Split(Held ssd, Held standard, Held frozen) {
    /// All of it.
    public Held total() {
      return ssd.plus(standard).plus(frozen);
    }
  }

  /// @param objects 0 leaves out what each object costs besides its bytes
  public record Held(long bytes, long objects) {
    /// Both.
    public Held plus(Held other) {
      return new Held(Math.addExact(bytes, other.bytes), Math.addExact(objects, other.objects));
    }
  }

  public static Scenarios of(Prices prices, Split split) {
    Held all = split.total();
    return new Scenarios(
        prices.storage(PricedClass.STANDARD, all.bytes(), all.objects()),
        prices.storage(PricedClass.DEEP_ARCHIVE, all.bytes(), all.objects()),
        prices.storage(PricedClass.STANDARD, split.standard().bytes(), split.standard().objects()),
        prices.storage(PricedClass.DEEP_ARCHIVE, split.frozen().bytes(), split.frozen().objects()));
  }
}
