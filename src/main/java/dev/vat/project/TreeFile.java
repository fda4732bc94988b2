package dev.vat.project;

import java.nio.file.Path;
import java.time.Instant;

/// A file found in a project, as the file system tells of it.
///
/// @param name relative to the folder that was walked, in NFC
/// @param path absolute, spelled as on the disk, which may be another Unicode form
/// @param sizeBytes as the file system tells it
/// @param modifiedAt to the file system's own precision
/// @param fileKey device and inode where the system has them, else empty
public record TreeFile(
    RelativeName name, Path path, long sizeBytes, Instant modifiedAt, String fileKey) {
  /// What a hash of this file is remembered by.
  public FileStamp stamp() {
    return new FileStamp(path, sizeBytes, modifiedAt, fileKey);
  }
}
