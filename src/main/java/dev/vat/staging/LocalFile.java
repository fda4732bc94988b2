package dev.vat.staging;

import dev.vat.project.ContentHash;
import dev.vat.project.FileStamp;
import dev.vat.project.RelativeName;
import java.nio.file.Path;
import java.time.Instant;

/// A file of the local `s3-staging/` folder whose content is known.
///
/// @param name as both sides know it
/// @param stamp where it is on this disk (in the disk's own spelling) and what the file system told
///     when it was hashed
/// @param content what the hash established
public record LocalFile(RelativeName name, FileStamp stamp, ContentHash content) {
  Path path() {
    return stamp.path();
  }

  public long sizeBytes() {
    return content.sizeBytes();
  }

  Instant modifiedAt() {
    return stamp.modifiedAt();
  }
}
