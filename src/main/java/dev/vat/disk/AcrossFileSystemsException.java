package dev.vat.disk;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/// A rename cannot move a file to another file system (drive, partition, mount). Nothing was
/// changed.
public final class AcrossFileSystemsException extends FileSystemException {
  private static final long serialVersionUID = 1;

  AcrossFileSystemsException(Path from, Path to) {
    super(
        from.toString(),
        to.toString(),
        "they are on different file systems, and a file cannot be renamed from one to the other."
            + " Nothing was changed. Is a folder on the way a link or a mounted drive?");
  }
}
