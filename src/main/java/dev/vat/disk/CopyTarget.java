package dev.vat.disk;

import dev.vat.project.DiskSpelling;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// The folder that a tree is copied into. Everything is made below it and never through a link; the
/// folder itself is not made again when its drive goes away: what appears there then is another
/// disk's. Thread-safe.
final class CopyTarget {
  private final Path root;
  private final Object identity;
  private final Set<Path> touched = new ConcurrentSkipListSet<>();

  /// @param root exists
  CopyTarget(Path root) throws IOException {
    this.root = root;
    this.identity = identityOf(root);
    touched.add(root);
  }

  /// A link, or a file where a folder has to be.
  static final class InTheWayException extends IOException {
    private static final long serialVersionUID = 1;
    private final transient Path path;

    InTheWayException(Path path) {
      super(path + " is in the way");
      this.path = path;
    }

    Path path() {
      return path;
    }
  }

  Path root() {
    return root;
  }

  /// Whether it is still the very folder that it was in the beginning.
  boolean isThere() {
    try {
      return Objects.equals(identity, identityOf(root));
    } catch (IOException gone) {
      return false;
    }
  }

  /// The place of a file, spelled as on the disk, its folders made.
  ///
  /// @throws InTheWayException when it could only be reached through something that is no folder
  Path placeOf(RelativeName name) throws IOException {
    String[] parts = name.value().split("/");
    Path folder = root;
    for (int i = 0; i < parts.length - 1; i++) {
      folder = folderIn(folder, parts[i]);
    }
    touched.add(folder);
    List<Path> same = DiskSpelling.of(folder, parts[parts.length - 1]);
    return same.isEmpty() ? folder.resolve(parts[parts.length - 1]) : same.getFirst();
  }

  private Path folderIn(Path above, String part) throws IOException {
    List<Path> same = DiskSpelling.of(above, part);
    Path folder = same.isEmpty() ? above.resolve(part) : same.getFirst();
    if (same.isEmpty()) {
      try {
        Files.createDirectory(folder);
        touched.add(above);
      } catch (FileAlreadyExistsException another) {
        // Made for another file at the same time, or found below as being in the way.
        touched.add(above);
      }
    }
    BasicFileAttributes facts =
        Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!facts.isDirectory() || facts.isOther()) {
      throw new InTheWayException(folder);
    }
    return folder;
  }

  /// Returns when all names that were made here are on the device.
  void flush() throws IOException {
    for (Path folder : touched) {
      Durability.ofFolder(folder);
    }
  }

  private static Object identityOf(Path folder) throws IOException {
    BasicFileAttributes facts =
        Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!facts.isDirectory() || facts.isOther()) {
      throw new InTheWayException(folder);
    }
    return Files.getFileStore(folder).name() + "\0" + facts.fileKey();
  }
}
