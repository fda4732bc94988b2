package dev.vat.cli;

import dev.vat.lifecycle.RestorePlan;
import dev.vat.project.ProjectId;
import java.util.List;

/// What `vat restore --json` prints (docs/formats/restore.schema.json).
///
/// @param archive null when a drive's copy was taken, as is `storageClass`
/// @param drive null when the archive in S3 was taken
/// @param action `planned`, `restored`, `there_already`, `conflict`, `refused` or `failed`
/// @param message why it was refused, or failed
/// @param notProven files that no checksum says anything of
/// @param twice light files in `archived/` that are in the project's folder as well
record RestoreDocument(
    String repo,
    String project,
    String archive,
    String storageClass,
    String drive,
    boolean dryRun,
    String action,
    String message,
    String target,
    boolean whole,
    int files,
    long bytes,
    int notProven,
    Long fetchedBytes,
    int moved,
    int same,
    List<String> twice,
    List<Conflict> conflicts,
    List<String> notMoved) {
  record Conflict(String name, String message) {}

  /// Nothing was written.
  static RestoreDocument refused(
      String repo,
      ProjectId project,
      String archive,
      String storageClass,
      String drive,
      boolean dryRun,
      String why) {
    return new RestoreDocument(
        repo,
        project.value(),
        archive,
        storageClass,
        drive,
        dryRun,
        "refused",
        why,
        null,
        false,
        0,
        0,
        0,
        null,
        0,
        0,
        List.of(),
        List.of(),
        List.of());
  }

  static List<Conflict> conflicts(List<RestorePlan.Conflict> conflicts) {
    return conflicts.stream().map(c -> new Conflict(c.name().value(), c.why())).toList();
  }
}
