package dev.vat.disk;

import java.util.List;

/// How a tree copy ended.
///
/// @param files which lie complete and were read back, sorted by name
/// @param problems why others do not; empty when all do
public record TreeCopied(List<CopiedFile> files, List<CopyProblem> problems) {
  public TreeCopied {
    files = List.copyOf(files);
    problems = List.copyOf(problems);
  }

  /// Every file of the list is there, and nothing else was found.
  public boolean isComplete() {
    return problems.isEmpty();
  }

  /// Complete, and every single copy was read from the device: only then may anything be released.
  public boolean isProven() {
    return isComplete() && files.stream().allMatch(file -> file.readBack() == ReadFrom.DEVICE);
  }
}
