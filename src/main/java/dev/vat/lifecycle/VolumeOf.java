package dev.vat.lifecycle;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tells volumes apart: a copy on the volume of the original is none (design 7.1).
@FunctionalInterface
public interface VolumeOf {
  /// @param existing a file or folder
  /// @return equal for two paths exactly when they are on one volume
  /// @throws IOException when it cannot be told
  Object path(Path existing) throws IOException;

  /// By the device where the system tells it: a folder that is bound to a second place is still on
  /// its own disk, though the JDK takes each mount for a store of its own.
  static VolumeOf thisSystem() {
    return path -> {
      try {
        FileStore store = Files.getFileStore(path);
        // Each part of one btrfs has a device number of its own, and they share their disk.
        return store.type().equals("btrfs") ? store.name() : Files.getAttribute(path, "unix:dev");
      } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
        return serialNumber(Files.getFileStore(path));
      }
    };
  }

  /// Windows: a letter that stands for a folder (`subst`) has the number of the real volume.
  private static Object serialNumber(FileStore store) throws IOException {
    try {
      return store.getAttribute("volume:vsn");
    } catch (UnsupportedOperationException untold) {
      return store;
    }
  }
}
