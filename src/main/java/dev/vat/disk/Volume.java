package dev.vat.disk;

import java.nio.file.Path;

/// A mounted file system.
///
/// @param root where it is mounted, absolute: `/Volumes/T7`, `D:\`
/// @param device what the system calls what is mounted there; two mounts of one device are one
///     volume. Never shown to anybody
/// @param type as the system calls the file system: `exfat`, `apfs`, `NTFS`
public record Volume(Path root, String device, String type) {
  public Volume {
    if (!root.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + root);
    }
  }
}
