package dev.vat.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// By whose rules a folder's file system takes names. A drive formatted for Windows refuses, or
/// quietly changes, the same names on a Mac or on Linux as it does there.
public enum NamingOf {
  WINDOWS,
  POSIX;

  /// Looks at the folder's file system, or at that of the nearest folder above it that exists.
  ///
  /// @throws IOException when it cannot be asked
  public static NamingOf folder(Path folder) throws IOException {
    Path there = folder.toAbsolutePath();
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return fileSystem(Files.getFileStore(there).type());
  }

  /// @param type as the system calls it; `fuseblk` is how Linux calls both NTFS and exFAT through
  ///     FUSE
  static NamingOf fileSystem(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    boolean windows =
        lower.contains("fat")
            || lower.startsWith("ntfs")
            || lower.equals("msdos")
            || lower.equals("fuseblk");
    return windows ? WINDOWS : POSIX;
  }
}
