package dev.vat.report;

import java.time.Duration;
import java.time.Instant;

/// This computer's clock beside S3's.
///
/// @param ahead how far this computer is ahead of S3; negative when it is behind
record ClockReading(Duration ahead) {
  static final String REMEDY =
      "Set this computer's clock: let it set itself by the internet (date and time settings).";

  /// S3 refuses requests that were signed further away from its own time (Amazon S3 API Reference,
  /// "RequestTimeTooSkewed").
  private static final Duration REFUSED = Duration.ofMinutes(15);

  private static final Duration DOUBTFUL = Duration.ofMinutes(5);

  /// @param before this computer's time when S3 was asked
  /// @param server S3's time, in whole seconds
  /// @param after this computer's time when the answer was there
  static ClockReading of(Instant before, Instant server, Instant after) {
    Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
    return new ClockReading(Duration.between(server, middle));
  }

  Finding finding() {
    Duration off = ahead.abs();
    if (off.compareTo(REFUSED) > 0) {
      return Finding.problem(
          Check.CLOCK,
          words() + ". S3 refuses requests that are more than 15 minutes off.",
          REMEDY);
    }
    if (off.compareTo(DOUBTFUL) > 0) {
      return Finding.warning(
          Check.CLOCK,
          words()
              + ". From 15 minutes on S3 refuses every request, and the times that teammates see are"
              + " wrong already.",
          REMEDY);
    }
    return Finding.ok(Check.CLOCK, "This computer's clock and S3's agree.");
  }

  private String words() {
    Duration off = ahead.abs();
    String length =
        off.toHours() > 0
            ? off.toHours() + " h " + off.toMinutesPart() + " min"
            : off.toMinutes() + " min";
    return "This computer's clock is "
        + length
        + (ahead.isNegative() ? " behind S3's" : " ahead of S3's");
  }
}
