package dev.vat.index;

import dev.vat.project.ProjectId;

/// One folder, or one archive in S3, that holds, or held, a copy of a project.
///
/// @param project whose copy
/// @param kind where
/// @param drive the drive's id, or the path of its folder when it could not be marked with one;
///     empty text in the repository; the bucket in S3
/// @param path relative to the repository or to the folder on the drive, with `/`; in S3 the
///     archive's key
public record CopyPlace(ProjectId project, Kind kind, String drive, String path) {
  /// What kind of place it is.
  public enum Kind {
    /// Directly in the repository: an active project.
    LOCAL,
    /// Below `archived/`: light files.
    ARCHIVED,
    /// On an SSD.
    SSD,
    /// An archive in S3.
    S3
  }
}
