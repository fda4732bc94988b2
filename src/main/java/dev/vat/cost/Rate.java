package dev.vat.cost;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/// What a unit takes, in steps: the first so many at one price, the next at another.
///
/// @param steps in order; only the last has no end
record Rate(List<Step> steps) {
  /// @param to where it ends, in units from the first one on; empty for the rest
  /// @param asOf of the price list; empty for a price that none confirms
  record Step(Optional<BigDecimal> to, BigDecimal usd, Optional<YearMonth> asOf) {}

  Rate {
    steps = List.copyOf(steps);
    BigDecimal begin = BigDecimal.ZERO;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      boolean last = i == steps.size() - 1;
      if (step.usd().signum() < 0) {
        throw new IllegalArgumentException("a price below nothing: " + step.usd());
      }
      if (last != step.to().isEmpty() || !last && step.to().get().compareTo(begin) <= 0) {
        throw new IllegalArgumentException("the steps of a price rise, and only the last is open");
      }
      begin = step.to().orElse(begin);
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("no price");
    }
  }

  /// @param units how many
  Amount of(BigDecimal units) {
    return between(BigDecimal.ZERO, units);
  }

  /// @param before how many units came before these
  Amount between(BigDecimal before, BigDecimal to) {
    Amount sum = Amount.NOTHING;
    BigDecimal begin = BigDecimal.ZERO;
    for (Step step : steps) {
      BigDecimal from = begin.max(before);
      BigDecimal end = step.to().map(to::min).orElse(to);
      if (end.compareTo(from) > 0) {
        BigDecimal usd = end.subtract(from).multiply(step.usd());
        sum = sum.plus(new Amount(usd, step.asOf().isPresent(), step.asOf()));
      }
      begin = step.to().orElse(begin);
    }
    return sum;
  }
}
