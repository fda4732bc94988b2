package dev.vat.archive;

import dev.vat.project.RelativeName;
import java.time.Instant;

/// One thing that is to be archived, as a listing tells of it. Links are none: they are left out
/// of archives, and said, by whoever lists.
public sealed interface ArchiveItem {
  /// As it is to stand in the archive. A project's names begin with its id, so that unpacking
  /// makes one folder.
  RelativeName name();

  /// When it was last changed.
  Instant modifiedAt();

  /// A folder; those that hold something need not be listed, unless their time matters.
  record Folder(RelativeName name, Instant modifiedAt) implements ArchiveItem {}

  /// A file.
  ///
  /// @param sizeBytes exactly how many bytes its content is going to have
  record File(RelativeName name, long sizeBytes, Instant modifiedAt) implements ArchiveItem {
    public File {
      if (sizeBytes < 0) {
        throw new IllegalArgumentException("negative size: " + sizeBytes);
      }
    }
  }
}
