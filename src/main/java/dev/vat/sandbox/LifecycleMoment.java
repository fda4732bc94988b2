package dev.vat.sandbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// When an action of a life cycle rule is due: at an age, or on a day.
///
/// @param days -1 when it is on a day
/// @param date null when it is at an age
record LifecycleMoment(int days, Instant date) {
  /// That of a `Transition` or an `Expiration`; empty when it says neither.
  ///
  /// @param least the fewest days that are allowed
  static Optional<LifecycleMoment> of(Xml.Element action, int least) {
    boolean byAge = !action.all("Days").isEmpty();
    boolean onDay = !action.all("Date").isEmpty();
    ErrorCode.MALFORMED_XML.when(byAge && onDay, "An action has Days or Date, not both.");
    if (byAge) {
      return Optional.of(
          new LifecycleMoment(number(action.value("Days"), least, "Days", action.name()), null));
    }
    return onDay
        ? Optional.of(new LifecycleMoment(-1, date(action.value("Date"))))
        : Optional.empty();
  }

  /// @param least the least that is allowed
  static int number(String text, int least, String name, String action) {
    ErrorCode.MALFORMED_XML.when(!text.matches("-?\\d{1,9}"), name + " is a number.");
    int number = Integer.parseInt(text);
    ErrorCode.INVALID_ARGUMENT.when(
        number < least,
        "'"
            + name
            + "' for "
            + action
            + " action must be "
            + (least == 0 ? "nonnegative" : "a positive integer"));
    return number;
  }

  private static Instant date(String text) {
    Instant date;
    try {
      date = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw ErrorCode.MALFORMED_XML.error();
    }
    ErrorCode.INVALID_ARGUMENT.when(
        !date.equals(Midnight.after(date, -1)), "'Date' must be at midnight GMT");
    return date;
  }

  boolean byAge() {
    return date == null;
  }

  /// When it is due for what is from then.
  Instant due(Instant from) {
    return byAge() ? Midnight.after(from, days) : date;
  }
}
