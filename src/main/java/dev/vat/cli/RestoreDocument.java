package dev.vat.cli;

import dev.vat.lifecycle.RestorePlan;
import java.util.List;

/// What `vat restore --json` prints (docs/formats/restore.schema.json).
///
/// @param archive null when a drive's copy was taken, as is `storageClass`
/// @param drive null when the archive in S3 was taken
/// @param action `planned`, `restored`, `there_already`, `conflict`, `refused` or `failed`
/// @param message why it was refused, or failed
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
    Long fetchedBytes,
    int moved,
    int same,
    List<Conflict> conflicts,
    List<String> notMoved) {
  record Conflict(String name, String message) {}

  static List<Conflict> conflicts(List<RestorePlan.Conflict> conflicts) {
    return conflicts.stream().map(c -> new Conflict(c.name().value(), c.why())).toList();
  }
}
