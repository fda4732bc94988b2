package dev.vat.project;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// One folder's entries with their attributes, without following links.
///
/// It asks the file system for each entry once, by the quickest way that the system has: where a
/// folder can be held open (Linux, macOS), each name is looked up in the open folder, which spares
/// the system the way there; Windows hands out attributes together with the names to
/// `walkFileTree`.
///
/// @param entries sorted by name; what disappeared meanwhile is not in here
/// @param failures what could not be read: an entry, or the folder itself, after whatever of it was
///     listed before the failure
record FolderListing(List<Entry> entries, List<Failure> failures) {
  private static final boolean CAN_BE_HELD_OPEN = File.separatorChar == '/';

  /// @param fileName the path's last part: asked for often, and made anew by each asking
  record Entry(Path path, String fileName, BasicFileAttributes attributes) {
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
    if (CAN_BE_HELD_OPEN) {
      collector.readOpen();
    } else {
      Files.walkFileTree(folder, Set.of(), 1, collector);
    }
    collector.entries.sort((one, other) -> one.fileName.compareTo(other.fileName));
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

    /// Looks each name up in the open folder.
    private void readOpen() {
      try {
        Object key = keyOfFolder();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
          if (names instanceof SecureDirectoryStream<Path> open) {
            requireSame(open, key);
            for (Path path : names) {
              read(open, path);
            }
          } else {
            Files.walkFileTree(folder, Set.of(), 1, this);
          }
        } catch (DirectoryIteratorException cut) {
          throw cut.getCause();
        }
      } catch (IOException fault) {
        failures.add(new Failure(folder, fault));
      }
    }

    private Object keyOfFolder() throws IOException {
      BasicFileAttributes attributes =
          Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isDirectory()) {
        throw new NotDirectoryException(folder.toString());
      }
      return attributes.fileKey();
    }

    /// A link may have taken the folder's place before it was opened. What is mounted by being
    /// opened is another folder than before, and has its place now.
    private void requireSame(SecureDirectoryStream<Path> open, Object before) throws IOException {
      Object opened =
          open.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
      if (!Objects.equals(opened, before) && !Objects.equals(opened, keyOfFolder())) {
        throw new FileSystemException(
            folder.toString(), null, "another folder took its place while it was read");
      }
    }

    private void read(SecureDirectoryStream<Path> open, Path path) {
      Path name = path.getFileName();
      try {
        entries.add(
            new Entry(
                path,
                name.toString(),
                open.getFileAttributeView(
                        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes()));
      } catch (IOException cause) {
        visitFileFailed(path, cause);
      }
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      if (path.equals(folder)) {
        // It was a folder a moment ago; now a file or a link has its name.
        failures.add(new Failure(path, new NotDirectoryException(path.toString())));
      } else {
        entries.add(new Entry(path, path.getFileName().toString(), attributes));
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
