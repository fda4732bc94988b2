package dev.vat.project;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/// A file found in a project, as the file system tells of it.
///
/// @param name relative to the folder that was walked, in NFC
/// @param path absolute, spelled as on the disk, which may be another Unicode form
/// @param sizeBytes as the file system tells it
/// @param modifiedAt to the file system's own precision
/// @param key device and inode where the system has them; put into words only where asked for,
///     since every file of every project is one of these
public record TreeFile(
    RelativeName name, Path path, long sizeBytes, Instant modifiedAt, Optional<Object> key) {
  /// A file with the attributes that were just read of it.
  public static TreeFile of(RelativeName name, Path path, BasicFileAttributes attributes) {
    return new TreeFile(
        name,
        path,
        attributes.size(),
        attributes.lastModifiedTime().toInstant(),
        Optional.ofNullable(attributes.fileKey()));
  }

  /// Tells the file from another one that has its name later; empty where the system does not.
  public String fileKey() {
    return key.map(Object::toString).orElse("");
  }

  /// What a hash of this file is remembered by.
  public FileStamp stamp() {
    return new FileStamp(path, sizeBytes, modifiedAt, fileKey());
  }
}
