package dev.vat.disk;

import java.io.IOException;
import java.nio.file.Path;

/// Somebody wrote to a file while it was being read, or put another one in its place: what was read
/// is nobody's version. Remedy: run again once the file is finished.
public final class FileChangedException extends IOException {
  private static final long serialVersionUID = 1;

  /// @param file what was to be read
  public FileChangedException(Path file) {
    super(
        file
            + " was changed while it was being read, so it was left alone."
            + " Run again once nothing writes to it any more.");
  }
}
