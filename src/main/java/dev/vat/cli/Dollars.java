package dev.vat.cli;

import dev.vat.cost.Amount;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Amounts of money in sentences.
final class Dollars {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  private Dollars() {}

  /// `$0.10`, `under $0.01`.
  static String of(Amount amount) {
    if (amount.usd().signum() > 0 && amount.usd().compareTo(CENT) < 0) {
      return "under $0.01";
    }
    return "$" + amount.usd().setScale(2, RoundingMode.HALF_UP);
  }

  /// What it rests on, in brackets: ` (not confirmed)`, ` (prices of 2026-10)`.
  static String basis(Amount amount) {
    if (!amount.confirmed()) {
      return " (not confirmed: look it up before you rely on it)";
    }
    return amount.oldest().map(month -> " (prices of " + month + ")").orElse("");
  }
}
