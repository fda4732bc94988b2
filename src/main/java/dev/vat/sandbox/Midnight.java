package dev.vat.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Where S3 lets days end.
///
/// Source: Amazon S3 User Guide, "Restoring an archived object" and "Lifecycle rules: based on an
/// object's age": the days are added, and the result is rounded to the next midnight UTC.
final class Midnight {
  private Midnight() {}

  /// @param days 0 for the next midnight
  static Instant after(Instant from, int days) {
    return from.atOffset(ZoneOffset.UTC)
        .plusDays(days)
        .truncatedTo(ChronoUnit.DAYS)
        .plusDays(1)
        .toInstant();
  }
}
