package dev.vat.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times to come, for people: of this computer's zone, and with how far that is from Greenwich, so
/// that somebody elsewhere can tell it too.
final class Moments {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm O", Locale.ENGLISH);

  private Moments() {}

  /// `Mon 11 May 2026, 17:00 GMT+7`.
  static String of(Instant time, ZoneId zone) {
    return FORM.format(time.atZone(zone));
  }
}
