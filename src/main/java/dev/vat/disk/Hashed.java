package dev.vat.disk;

import dev.vat.project.ContentHash;
import dev.vat.project.FileStamp;

/// A file's content hash, and the stamp that the file had before, during and after the reading.
public record Hashed(FileStamp stamp, ContentHash content) {
  public Hashed {
    if (stamp.sizeBytes() != content.sizeBytes()) {
      throw new IllegalArgumentException(
          "stamp says " + stamp.sizeBytes() + " bytes, content " + content.sizeBytes());
    }
  }
}
