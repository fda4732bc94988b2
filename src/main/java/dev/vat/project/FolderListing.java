package dev.vat.project;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// One folder's entries with their attributes, without following links.
///
/// It asks the file system for each entry once, by `walkFileTree` with a depth of one: that is the
/// way in which Windows hands out attributes together with the names.
///
/// @param entries sorted by name; what disappeared meanwhile is not in here
/// @param failures what could not be read: an entry, or the folder itself, after whatever of it was
///     listed before the failure
record FolderListing(List<Entry> entries, List<Failure> failures) {

  /// @param fileName the path's last part: asked for often, and made anew by each asking
  record Entry(Path path, String fileName, BasicFileAttributes attributes) {
    Entry(Path path, BasicFileAttributes attributes) {
      this(path, path.getFileName().toString(), attributes);
    }

    /// A folder of this very place. Windows' junctions are folders and "other" at once: they are
    /// links.
    boolean isFolder() {
      return attributes.isDirectory() && !attributes.isOther();
    }

    boolean isLink() {
      return attributes.isSymbolicLink() || (attributes.isDirectory() && attributes.isOther());
    }
  }

  record Failure(Path path, IOException cause) {}

  /// @param folder listed when it is a folder itself; a link to one is a failure
  static FolderListing of(Path folder) throws IOException {
    Collector collector = new Collector(folder);
    Files.walkFileTree(folder, Set.of(), 1, collector);
    collector.entries.sort(Comparator.comparing(Entry::fileName));
    return new FolderListing(collector.entries, collector.failures);
  }

  /// The entries, when nothing failed.
  ///
  /// @throws IOException the first failure
  static List<Entry> complete(Path folder) throws IOException {
    FolderListing listing = of(folder);
    if (!listing.failures.isEmpty()) {
      throw listing.failures.getFirst().cause();
    }
    return listing.entries;
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    private Collector(Path folder) {
      this.folder = folder;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      if (path.equals(folder)) {
        // It was a folder a moment ago; now a file or a link has its name.
        failures.add(new Failure(path, new NotDirectoryException(path.toString())));
      } else {
        entries.add(new Entry(path, attributes));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException cause) {
      boolean goneMeanwhile = cause instanceof NoSuchFileException && !path.equals(folder);
      if (!goneMeanwhile) {
        failures.add(new Failure(path, cause));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, IOException cause) {
      if (cause != null) {
        failures.add(new Failure(path, cause));
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
