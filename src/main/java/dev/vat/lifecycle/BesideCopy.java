package dev.vat.lifecycle;

import dev.vat.project.RelativeName;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Where a file of a copy on a drive goes that is replaced (design 7.5): into a folder beside the
/// copy, `<id>.replaced-<time>`.
public final class BesideCopy {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd_HHmmssX", Locale.ROOT).withZone(ZoneOffset.UTC);

  private BesideCopy() {}

  /// A free place. Nothing is created.
  ///
  /// @param copy the copy's folder
  /// @param name the file's, below that
  public static Path reserve(Path copy, RelativeName name, Instant now) {
    String folder = copy.getFileName() + ".replaced-" + TIME.format(now);
    for (int number = 1; ; number++) {
      Path place =
          copy.resolveSibling(number == 1 ? folder : folder + "-" + number).resolve(name.value());
      if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        return place;
      }
    }
  }
}
