package dev.vat.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Files that have more than one name.
final class HardLinks {
  private HardLinks() {}

  /// Whether two paths are two names of one file, so that removing one of them loses nothing. By
  /// the count of names too: reached through a link to a folder, one name looks like two.
  ///
  /// @param other false where it is no file itself, be it a link to one
  /// @param uncounted the answer where all else says so and the system does not count names
  /// @throws IOException when that cannot be told, also when `one` is missing
  static boolean areTwoNames(Path one, Path other, boolean uncounted) throws IOException {
    if (!Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)
        || !Files.isSameFile(one, other)
        || one.toRealPath().equals(other.toRealPath())) {
      return false;
    }
    try {
      return (Integer) Files.getAttribute(one, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1;
    } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
      return uncounted;
    }
  }
}
