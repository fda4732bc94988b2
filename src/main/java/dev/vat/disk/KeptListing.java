package dev.vat.disk;

import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the layout of `.vat-kept/` back into facts.
final class KeptListing {
  private static final Pattern TIME_FOLDER =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2}_\\d{6}Z)(-\\d+)?");

  private final Path root;
  private final DateTimeFormatter time;

  KeptListing(Path root, DateTimeFormatter time) {
    this.root = root;
    this.time = time;
  }

  List<KeptFile> read() throws IOException {
    List<KeptFile> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            if (facts.isRegularFile()) {
              Optional<KeptFile> kept = of(file);
              kept.ifPresent(found::add);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(Comparator.comparing(KeptFile::keptAt).thenComparing(KeptFile::id));
    return found;
  }

  /// @return empty for what `vat` did not put there
  private Optional<KeptFile> of(Path file) throws IOException {
    Path below = root.relativize(file);
    if (below.getNameCount() < 3) {
      return Optional.empty();
    }
    Matcher folder = TIME_FOLDER.matcher(below.getName(0).toString());
    if (!folder.matches()) {
      return Optional.empty();
    }
    try {
      Instant keptAt = time.parse(folder.group(1), Instant::from);
      ProjectId project = new ProjectId(below.getName(1).toString());
      RelativeName name = RelativeName.of(slashed(below.subpath(2, below.getNameCount())));
      String id = slashed(below);
      return Optional.of(new KeptFile(id, project, name, FileStamps.of(file), keptAt));
    } catch (IllegalArgumentException | DateTimeParseException foreign) {
      return Optional.empty();
    }
  }

  private static String slashed(Path path) {
    List<String> parts = new ArrayList<>();
    path.forEach(part -> parts.add(part.toString()));
    return String.join("/", parts);
  }
}
