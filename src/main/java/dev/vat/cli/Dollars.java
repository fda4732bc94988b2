package dev.vat.cli;

import dev.vat.cost.Amount;

/// Amounts of money for people.
final class Dollars {
  private Dollars() {}

  /// `$1.20`; `under $0.01` where it is not nothing.
  static String of(Amount amount) {
    boolean little = amount.usd().signum() > 0 && amount.cents().signum() == 0;
    return little ? "under $0.01" : "$" + amount.cents();
  }
}
