package dev.vat.cli;

import dev.vat.cloud.ReadLink;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `12h` or `3d` to how long a link works: not under an hour, and not longer than S3 allows.
final class LinkTimeConverter implements ITypeConverter<Duration> {
  private static final Pattern TIME =
      Pattern.compile("([0-9]{1,6})([hd])", Pattern.CASE_INSENSITIVE);
  private static final Duration SHORTEST = Duration.ofHours(1);

  @Override
  public Duration convert(String typed) {
    Matcher time = TIME.matcher(typed);
    if (!time.matches()) {
      throw refused(typed, "is not a time");
    }
    long number = Long.parseLong(time.group(1));
    Duration length =
        time.group(2).equalsIgnoreCase("d") ? Duration.ofDays(number) : Duration.ofHours(number);
    if (length.compareTo(SHORTEST) < 0) {
      throw refused(typed, "is too short");
    }
    if (length.compareTo(ReadLink.LONGEST) > 0) {
      throw refused(typed, "is longer than S3 allows");
    }
    return length;
  }

  private static TypeConversionException refused(String typed, String why) {
    return new TypeConversionException(
        "'" + Printable.of(typed) + "' " + why + "; write 1h to 7d, for example 12h or 3d");
  }
}
