package dev.vat.lifecycle;

import dev.vat.disk.CopyProblem;
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
public record Archived(
    int written,
    int alreadyThere,
    List<CopyProblem> problems,
    int moved,
    Released released,
    Optional<String> kept) {
  public Archived {
    problems = List.copyOf(problems);
  }

  /// Whether the copy is whole, and here is left what was planned.
  public boolean isDone() {
    return problems.isEmpty() && released.stayed().isEmpty();
  }
}
