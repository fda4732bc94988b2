package dev.vat.cli;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `2M` to bytes per second. The letters are 1024-based, as curl's and rclone's options of the kind
/// are.
final class RateConverter implements ITypeConverter<Long> {
  private static final Pattern RATE =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)([KMG]?)", Pattern.CASE_INSENSITIVE);

  @Override
  public Long convert(String typed) {
    Matcher rate = RATE.matcher(typed);
    if (!rate.matches()) {
      throw refused(typed);
    }
    long unit =
        switch (rate.group(2)) {
          case "k", "K" -> 1L << 10;
          case "m", "M" -> 1L << 20;
          case "g", "G" -> 1L << 30;
          default -> 1;
        };
    long bytes = new BigDecimal(rate.group(1)).multiply(BigDecimal.valueOf(unit)).longValue();
    if (bytes < 1) {
      throw refused(typed);
    }
    return bytes;
  }

  private static TypeConversionException refused(String typed) {
    return new TypeConversionException(
        "'" + Printable.of(typed) + "' is not a rate; write for example 500K or 2M");
  }
}
