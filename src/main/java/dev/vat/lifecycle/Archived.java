package dev.vat.lifecycle;

import dev.vat.disk.CopiedFile;
import dev.vat.disk.CopyProblem;
import dev.vat.disk.ReadFrom;
import dev.vat.disk.TreeCopied;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What became of archiving a project.
///
/// @param written how many files were copied
/// @param alreadyThere how many had a copy with the same content
/// @param problems why the copy is not whole; then nothing here was changed
/// @param moved how many light files were moved to `archived/`
/// @param released what became of those that were to be released
/// @param kept why nothing was released, a whole sentence; empty when that was not so
/// @param whole what was copied or found the same, while all of it is still here too
/// @param historyAside where the copy's checksum history is now, when it told of another content;
///     another one begins
public record Archived(
    int written,
    int alreadyThere,
    List<CopyProblem> problems,
    int moved,
    Released released,
    Optional<String> kept,
    List<CopiedFile> whole,
    Optional<Path> historyAside) {
  public Archived {
    whole = List.copyOf(whole);
    problems = List.copyOf(problems);
  }

  /// Whether the copy was read back from the drive itself: without that nothing is released.
  public boolean isProven() {
    return problems.isEmpty()
        && whole.stream().allMatch(file -> file.readBack() == ReadFrom.DEVICE);
  }

  /// Of a copy that did not become whole, so that nothing here was changed.
  static Archived stopped(TreeCopied copy, List<CopyProblem> problems) {
    int written = written(copy);
    return new Archived(
        written,
        copy.files().size() - written,
        problems,
        0,
        new Released(List.of(), List.of()),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  static int written(TreeCopied copy) {
    return (int) copy.files().stream().filter(CopiedFile::written).count();
  }

  /// Whether the copy is whole, and here is left what was planned.
  public boolean isDone() {
    return problems.isEmpty() && released.stayed().isEmpty();
  }
}
