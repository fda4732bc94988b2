package dev.vat.cli;

import dev.vat.cloud.ThawTier;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// For commands that ask S3 to thaw something.
final class ThawOptions {
  /// S3 takes more; nobody needs a readable copy for longer, and it is billed like Standard.
  private static final int MOST_DAYS = 365;

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      converter = TierConverter.class,
      defaultValue = "bulk",
      description = {
        "bulk (cheapest, up to 48 hours), standard (up to 12 hours);",
        "from GLACIER also expedited"
      })
  private ThawTier tier;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "7",
      description = "for how long it can be read then (default: 7)")
  private int days;

  ThawTier tier() {
    return tier;
  }

  /// @throws CommandFailure (usage) when it is no number of days
  int days() {
    if (days < 1 || days > MOST_DAYS) {
      throw CommandFailure.usage(
          "--days " + days + " is no time to keep a thawed copy", "write 1 to " + MOST_DAYS);
    }
    return days;
  }

  /// By the words that S3's documents use, in any case.
  static final class TierConverter implements ITypeConverter<ThawTier> {
    @Override
    public ThawTier convert(String typed) {
      return ThawTier.named(typed.toLowerCase(Locale.ROOT))
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'"
                          + Printable.of(typed)
                          + "' is no tier; write one of "
                          + String.join(
                              ", ", Stream.of(ThawTier.values()).map(ThawTier::word).toList())));
    }
  }
}
