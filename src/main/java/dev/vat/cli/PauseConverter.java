package dev.vat.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `10s`, `2m` or `1h` to how long to wait: a second to a day.
final class PauseConverter implements ITypeConverter<Duration> {
  private static final Pattern PAUSE =
      Pattern.compile("([0-9]{1,5})([smh])", Pattern.CASE_INSENSITIVE);

  @Override
  public Duration convert(String typed) {
    Matcher pause = PAUSE.matcher(typed);
    if (!pause.matches()) {
      throw refused(typed, "is not a time");
    }
    long number = Long.parseLong(pause.group(1));
    Duration length =
        switch (pause.group(2)) {
          case "s", "S" -> Duration.ofSeconds(number);
          case "m", "M" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
    if (length.isZero() || length.compareTo(Duration.ofDays(1)) > 0) {
      throw refused(typed, "is not between a second and a day");
    }
    return length;
  }

  private static TypeConversionException refused(String typed, String why) {
    return new TypeConversionException(
        "'" + Printable.of(typed) + "' " + why + "; write for example 10s or 2m");
  }
}
