package dev.vat.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `5%` to 0.05.
final class SampleConverter implements ITypeConverter<Double> {
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3})?)%?");

  @Override
  public Double convert(String typed) {
    Matcher percent = PERCENT.matcher(typed.strip());
    double share = percent.matches() ? Double.parseDouble(percent.group(1)) / 100 : 0;
    if (!(share > 0 && share <= 1)) {
      throw new TypeConversionException(
          "'" + Printable.of(typed) + "' is no share; write for example 5%");
    }
    return share;
  }
}
