package dev.vat.lifecycle;

import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Where a file of a copy on a drive goes that is replaced (design 7.5): into a folder beside the
/// copy, `<id>.replaced-<time>`.
public final class BesideCopy {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd_HHmmssX", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String MARK = ".replaced-";

  private BesideCopy() {}

  /// Where files of a copy are that were replaced, the latest first.
  ///
  /// @throws IOException when it cannot be told
  public static List<Path> foldersOf(Path copy) throws IOException {
    String begins = copy.getFileName() + MARK;
    try (Stream<Path> siblings = Files.list(copy.getParent())) {
      return siblings
          .filter(sibling -> sibling.getFileName().toString().startsWith(begins))
          .filter(sibling -> Files.isDirectory(sibling, LinkOption.NOFOLLOW_LINKS))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  /// A free place. Nothing is created.
  ///
  /// @param copy the copy's folder
  /// @param name the file's, below that
  public static Path reserve(Path copy, RelativeName name, Instant now) {
    String folder = copy.getFileName() + MARK + TIME.format(now);
    for (int number = 1; ; number++) {
      Path place =
          copy.resolveSibling(number == 1 ? folder : folder + "-" + number).resolve(name.value());
      if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        return place;
      }
    }
  }
}
