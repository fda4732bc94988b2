package dev.vat.project;

import java.nio.file.Path;
import java.time.Instant;

/// What a file system tells of a file without reading it: enough to look up a hash that was
/// computed earlier, never enough to say that two files are the same.
///
/// @param path absolute
/// @param sizeBytes as the file system tells it
/// @param modifiedAt to the file system's own precision
/// @param identity inode and device where the system has them (`BasicFileAttributes.fileKey`), else
///     empty
public record FileStamp(Path path, long sizeBytes, Instant modifiedAt, String identity) {
  public FileStamp {
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + path);
    }
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("negative size: " + sizeBytes);
    }
  }
}
