package dev.vat.lifecycle;

import dev.vat.project.ProjectId;
import java.util.Comparator;
import java.util.List;

/// What came of reading the archives of an [AdoptionPlan].
///
/// @param read archives whose names, sizes and digests are known now
/// @param left those that were to be too much for a look by the way
/// @param leftBytes how many bytes these are at most
/// @param files in those that were read
/// @param texts those whose text was read
/// @param fetchedBytes what S3 sent
/// @param problems what could not be read, by project
public record Adopted(
    int read,
    int left,
    long leftBytes,
    long files,
    long texts,
    long fetchedBytes,
    List<Problem> problems) {
  public Adopted {
    problems = problems.stream().sorted(Comparator.comparing(Problem::key)).toList();
  }

  /// What is the matter with one archive; it kept no other one back.
  ///
  /// @param key of the archive object
  /// @param why for users, a sentence without its full stop
  /// @param unread whether nothing is known of what is in it
  public record Problem(ProjectId project, String key, String why, boolean unread) {}
}
