package dev.vat.catalog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Reads moments as `vat` writes them, `2026-11-25T16:55:24.961701003Z`, many times faster than the
/// JDK's reader, which takes many forms: a manifest has thousands, and commands that only look must
/// answer at once.
final class InstantText {
  private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";
  private static final int SECONDS_END = SHAPE.length();
  private static final int MOST_DIGITS = 9;

  private InstantText() {}

  /// In any form that [Instant#parse] takes.
  ///
  /// @return empty when it is no moment
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(isUsual(text) ? usual(text) : Instant.parse(text));
    } catch (DateTimeParseException otherForm) {
      return Optional.empty();
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static boolean isUsual(String text) {
    int end = text.length() - 1;
    if (end < SECONDS_END || text.charAt(end) != 'Z' || end > SECONDS_END + 1 + MOST_DIGITS) {
      return false;
    }
    for (int i = 0; i < SECONDS_END; i++) {
      char wanted = SHAPE.charAt(i);
      if (wanted == 'd' ? !isDigit(text.charAt(i)) : text.charAt(i) != wanted) {
        return false;
      }
    }
    if (end > SECONDS_END && text.charAt(SECONDS_END) != '.' || end == SECONDS_END + 1) {
      return false;
    }
    for (int i = SECONDS_END + 1; i < end; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    // Midnight as 24:00 and leap seconds are left to the JDK.
    return number(text, 11, 13) < 24 && number(text, 14, 16) < 60 && number(text, 17, 19) < 60;
  }

  private static Instant usual(String text) {
    LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    int seconds = number(text, 11, 13) * 3600 + number(text, 14, 16) * 60 + number(text, 17, 19);
    int nanos = 0;
    int end = text.length() - 1;
    for (int i = SECONDS_END + 1; i <= SECONDS_END + MOST_DIGITS; i++) {
      nanos = nanos * 10 + (i < end ? text.charAt(i) - '0' : 0);
    }
    return Instant.ofEpochSecond(day.toEpochDay() * 86_400L + seconds, nanos);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
