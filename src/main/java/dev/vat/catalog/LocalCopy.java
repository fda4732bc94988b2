package dev.vat.catalog;

/// A project's folder in its repository.
///
/// @param structure where in the repository
/// @param path relative to the repository, with `/`: `b63-flivideo`, `archived/b00-b49/b40-old`
public record LocalCopy(Structure structure, String path, TreeTotals totals) {
  /// In the words of `projects.json`.
  public enum Structure {
    /// Directly in the repository: an active project.
    FLAT,
    /// Below `archived/`: light files of an archived project.
    GROUPED
  }
}
