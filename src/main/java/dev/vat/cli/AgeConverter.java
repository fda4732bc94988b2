package dev.vat.cli;

import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `90days`, `6months`, `2weeks`, `1year`, also `90d` and ISO 8601's `P6M`, to how long ago that
/// is; a month counts 30 days, a year 365.
final class AgeConverter implements ITypeConverter<Duration> {
  private static final Pattern AGE =
      Pattern.compile("([0-9]{1,5}) ?(d|days?|w|weeks?|months?|y|years?)");

  @Override
  public Duration convert(String typed) {
    Duration age = parsed(typed);
    if (age.isZero() || age.isNegative()) {
      throw refused(typed);
    }
    return age;
  }

  private static Duration parsed(String typed) {
    Matcher age = AGE.matcher(typed.strip().toLowerCase(Locale.ROOT));
    if (!age.matches()) {
      return iso(typed);
    }
    int days =
        switch (age.group(2).charAt(0)) {
          case 'd' -> 1;
          case 'w' -> 7;
          case 'm' -> 30;
          default -> 365;
        };
    return Duration.ofDays(Long.parseLong(age.group(1)) * days);
  }

  private static Duration iso(String typed) {
    try {
      Period period = Period.parse(typed.strip());
      return Duration.ofDays(
          period.getYears() * 365L + period.getMonths() * 30L + period.getDays());
    } catch (DateTimeParseException noPeriod) {
      throw refused(typed);
    }
  }

  private static TypeConversionException refused(String typed) {
    return new TypeConversionException(
        "'" + Printable.of(typed) + "' is no age; write for example 90days, 2weeks or 6months");
  }
}
