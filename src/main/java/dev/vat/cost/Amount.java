package dev.vat.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.Optional;
import java.util.stream.Stream;

/// An amount of money, with what it rests on.
///
/// @param usd US dollars without tax, not rounded
/// @param confirmed whether every price in it comes from a dated price list
/// @param oldest of the price lists in it; empty where none is
public record Amount(BigDecimal usd, boolean confirmed, Optional<YearMonth> oldest) {
  /// Free, and no price was needed to know that.
  public static final Amount NOTHING = new Amount(BigDecimal.ZERO, true, Optional.empty());

  /// Both together.
  public Amount plus(Amount other) {
    return new Amount(
        usd.add(other.usd), confirmed && other.confirmed, older(oldest, other.oldest));
  }

  /// What is left of this when that is taken away.
  public Amount minus(Amount other) {
    return new Amount(
        usd.subtract(other.usd), confirmed && other.confirmed, older(oldest, other.oldest));
  }

  /// So many times as much.
  public Amount times(BigDecimal factor) {
    return new Amount(usd.multiply(factor), confirmed, oldest);
  }

  /// As a bill has it.
  public BigDecimal cents() {
    return usd.setScale(2, RoundingMode.HALF_UP);
  }

  /// Twelve monthly bills, each rounded to cents.
  public BigDecimal yearly() {
    return cents().multiply(BigDecimal.valueOf(12));
  }

  private static Optional<YearMonth> older(Optional<YearMonth> one, Optional<YearMonth> other) {
    return Stream.concat(one.stream(), other.stream()).min(YearMonth::compareTo);
  }
}
