package dev.vat.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How long ago something was, for people.
final class Ages {
  /// Two computers' clocks differ: so far ahead is still now.
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private Ages() {}

  /// `just now`, `1 minute ago`, `2 hours ago`, `3 days ago`, `5 months ago`, `2 years ago`; a time
  /// that is ahead of this computer's clock is told as the instant itself, to
  /// the second.
  static String ago(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    if (age.isNegative()) {
      return age.negated().compareTo(CLOCKS_DIFFER) <= 0
          ? "just now"
          : then.truncatedTo(ChronoUnit.SECONDS).toString();
    }
    long days = age.toDays();
    if (age.toMinutes() == 0) {
      return "just now";
    }
    if (age.toHours() == 0) {
      return Counts.of(age.toMinutes(), "minute") + " ago";
    }
    if (days < 1) {
      return Counts.of(age.toHours(), "hour") + " ago";
    }
    if (days < 60) {
      return Counts.of(days, "day") + " ago";
    }
    return (days < 730 ? Counts.of(days / 30, "month") : Counts.of(days / 365, "year")) + " ago";
  }
}
