package dev.vat.cli;

import dev.vat.lifecycle.CopySource;
import dev.vat.project.ProjectId;
import dev.vat.project.TreeRemark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One project of a backup, as it is known so far, for programs (docs/formats/backup.schema.json).
final class BackupLine {
  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private record Problem(String code, String message) {}

  /// A file that was not released.
  record Stayed(String name, long sizeBytes, String reason) {}

  BackupLine(ProjectId project) {
    facts.put("id", project.value());
    for (String name :
        List.of(
            "state",
            "from",
            "folder",
            "key",
            "files",
            "size_bytes",
            "archive_bytes",
            "proven",
            "released_files",
            "released_bytes")) {
      facts.put(name, null);
    }
    facts.putAll(BackupOutlook.unknown());
    facts.put("left", List.of());
    facts.put("stayed", List.of());
    facts.put("left_behind", List.of());
    facts.put("problems", problems);
  }

  /// What it is made of.
  BackupLine source(CopySource source) {
    facts.put("from", source.where());
    facts.put("folder", source.folder().toString());
    facts.put("files", source.files().size());
    facts.put("size_bytes", source.bytes());
    facts.put("left_behind", leftBehind(source));
    return this;
  }

  /// What is not stored, in words.
  static List<String> leftBehind(CopySource source) {
    return source.leftBehind().stream().map(TreeRemark::message).toList();
  }

  void put(String name, Object value) {
    facts.put(name, value);
  }

  void problem(String code, String message) {
    problems.add(new Problem(code, message));
  }

  /// All of it; what is put here is told.
  Map<String, Object> facts() {
    return facts;
  }
}
