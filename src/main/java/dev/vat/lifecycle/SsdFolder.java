package dev.vat.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether the folder on the SSD can be looked at now.
public sealed interface SsdFolder {
  /// None is set.
  record NotSet() implements SsdFolder {}

  /// It is there, on a volume of its own (or allowed not to be).
  ///
  /// @param base absolute
  record There(Path base) implements SsdFolder {}

  /// It is not there, or is not on the SSD.
  ///
  /// @param why in words for users, a whole sentence
  record NotThere(Path base, String why) implements SsdFolder {}

  /// Looks. A folder on the repository's own volume is no SSD: it is what is left of a mount, or a
  /// wrong setting, and nothing in it is a second copy (design 7.1).
  ///
  /// @param base `SSD_BASE`
  /// @param root the repository's folder
  /// @param sameDiskOk `SSD_SAME_DISK_OK`
  /// @throws IOException when the volumes cannot be told
  static SsdFolder at(Path base, Path root, boolean sameDiskOk) throws IOException {
    if (!Files.isDirectory(base)) {
      return new NotThere(base, "The SSD is not connected: there is no folder " + base + ".");
    }
    if (!sameDiskOk && onOneVolume(base, root)) {
      return new NotThere(
          base,
          base
              + " is on the same volume as the repository, so it is not the SSD (is the drive not"
              + " connected?).");
    }
    return new There(base);
  }

  /// By the device where the system tells it: a folder that is bound to a second place is still on
  /// its own disk, though the JDK takes each mount for a store of its own.
  private static boolean onOneVolume(Path one, Path other) throws IOException {
    try {
      return Files.getAttribute(one, "unix:dev").equals(Files.getAttribute(other, "unix:dev"));
    } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
      return Files.getFileStore(one).equals(Files.getFileStore(other));
    }
  }
}
