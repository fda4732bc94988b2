package dev.vat.cli;

import java.time.Duration;

/// Lengths of time for people.
final class Durations {
  private Durations() {}

  /// `under 1s`, `23s`, `2m 10s`, `1h 5m`, `3d 4h`; cut to the smaller unit that is shown.
  static String of(Duration length) {
    if (length.isNegative()) {
      throw new IllegalArgumentException("negative duration: " + length);
    }
    if (length.toSeconds() == 0) {
      return "under 1s";
    }
    if (length.toMinutes() == 0) {
      return length.toSeconds() + "s";
    }
    if (length.toHours() == 0) {
      return two(length.toMinutes(), "m", length.toSecondsPart(), "s");
    }
    if (length.toDays() == 0) {
      return two(length.toHours(), "h", length.toMinutesPart(), "m");
    }
    return two(length.toDays(), "d", length.toHoursPart(), "h");
  }

  private static String two(long big, String bigUnit, int small, String smallUnit) {
    return small == 0 ? big + bigUnit : big + bigUnit + " " + small + smallUnit;
  }
}
