package dev.vat.report;

import java.util.Locale;

/// Sizes in words, as everywhere in the output: 1000-based with one decimal, cut, not rounded.
final class Size {
  private Size() {}

  static String of(long bytes) {
    boolean big = bytes >= 1_000_000_000;
    long tenths = bytes / (big ? 100_000_000 : 100_000);
    return String.format(Locale.ROOT, "%d.%d %s", tenths / 10, tenths % 10, big ? "GB" : "MB");
  }
}
