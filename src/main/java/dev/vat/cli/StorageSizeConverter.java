package dev.vat.cli;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `400GB` to bytes, 1024-based, as on AWS's bill.
final class StorageSizeConverter implements ITypeConverter<Long> {
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)\\s*(MB|GB|TB|MIB|GIB|TIB)");

  @Override
  public Long convert(String typed) {
    Matcher size = SIZE.matcher(typed.strip().toUpperCase(Locale.ROOT));
    if (!size.matches()) {
      throw new TypeConversionException(
          "'" + Printable.of(typed) + "' is no size; write for example 400GB or 2TB");
    }
    int shift =
        switch (size.group(2).charAt(0)) {
          case 'M' -> 20;
          case 'G' -> 30;
          default -> 40;
        };
    return bytes(size.group(1), shift);
  }

  /// @param number checked
  static long gigabytes(String number) {
    return bytes(number, 30);
  }

  private static long bytes(String number, int shift) {
    return new BigDecimal(number).multiply(BigDecimal.valueOf(1L << shift)).longValue();
  }
}
