package dev.vat.cli;

import dev.vat.staging.Keep;
import java.util.Optional;
import picocli.CommandLine.Option;

/// `--all`: not one project, but all of the repository.
final class AllOption {
  @Option(names = "--all", description = "every project of this repository that shares files")
  private boolean all;

  /// Whether it was given.
  ///
  /// @throws CommandFailure (usage) when a project was named as well, or a decision was given that
  ///     nobody can have thought through for all projects (design 7.5)
  boolean wanted(StagingTarget target, Optional<Keep> keep) {
    if (all && !target.words().isEmpty()) {
      throw CommandFailure.usage(
          "--all means every project, and " + Printable.of(target.words().getFirst()) + " is one",
          "give either --all or the project");
    }
    if (all && keep.isPresent()) {
      throw CommandFailure.usage(
          "--keep does not go with --all: a decision about a conflict is made project by project",
          "run it with --all first; it names the projects that have conflicts");
    }
    return all;
  }
}
