package dev.vat.cli;

import dev.vat.cost.PriceBook;
import dev.vat.cost.PriceBookException;
import dev.vat.cost.Prices;
import dev.vat.settings.Setting;
import dev.vat.settings.SettingValue;
import dev.vat.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The prices that hold for this user: those that come with `vat`, under those that AWS told
/// (`vat estimate --update-prices`), under the user's own.
///
/// @param folder `~/.config/vat`
record PriceFiles(Path folder) {
  private static final Pattern HERE =
      Pattern.compile("^https?://(127\\.0\\.0\\.1|localhost|\\[::1])([:/]|$)");

  static PriceFiles of(Invocation invocation) {
    return new PriceFiles(invocation.surroundings().home().resolve(".config").resolve("vat"));
  }

  /// What AWS told last.
  Path fromAws() {
    return folder.resolve("prices-aws.json");
  }

  /// What the user says.
  Path own() {
    return folder.resolve("prices.json");
  }

  PriceBook book() throws IOException {
    return overlaid(overlaid(PriceBook.shipped(), fromAws()), own());
  }

  /// What AWS told, and nothing else.
  PriceBook toldByAws() throws IOException {
    return overlaid(PriceBook.empty(), fromAws());
  }

  private static PriceBook overlaid(PriceBook book, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return book.overlaidBy(PriceBook.read(in, file.toString()));
    } catch (NoSuchFileException none) {
      return book;
    } catch (PriceBookException unusable) {
      throw CommandFailure.usage(
          Printable.of(unusable.getMessage()), "correct it, or move it away: " + file);
    }
  }

  /// The region that the settings name. Another provider's prices are not AWS's; a server on this
  /// computer, as `vat sandbox` is, stands for AWS.
  static Optional<String> region(Settings settings) {
    boolean elsewhere =
        Stream.of(Setting.AWS_ENDPOINT_URL_S3, Setting.AWS_ENDPOINT_URL)
            .flatMap(setting -> settings.value(setting).stream())
            .anyMatch(address -> !HERE.matcher(address.text()).find());
    return elsewhere
        ? Optional.empty()
        : settings.value(Setting.AWS_REGION).map(SettingValue::text);
  }

  /// The prices of that region, where all of them are known.
  Optional<Prices> in(Settings settings) throws IOException {
    Optional<String> region = region(settings);
    return region.isPresent() ? book().in(region.get()) : Optional.empty();
  }
}
