package dev.vat.cli;

import dev.vat.disk.CopyProblem;
import dev.vat.lifecycle.ArchiveDecision;
import dev.vat.lifecycle.ArchiveKeep;
import dev.vat.project.ProjectId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Between this computer's version of a file and the one on a drive: what may be chosen with
/// `--keep`, by `vat archive` and `vat copy`, and how.
final class VersionChoice {
  private VersionChoice() {}

  /// The conflicts, when they are all that stands in the way; else none.
  static List<CopyProblem.Conflict> only(List<CopyProblem> problems) {
    List<CopyProblem.Conflict> conflicts =
        problems.stream()
            .filter(CopyProblem.Conflict.class::isInstance)
            .map(CopyProblem.Conflict.class::cast)
            .toList();
    return conflicts.size() < problems.size() ? List.of() : conflicts;
  }

  /// Refuses to keep what is damaged.
  static void require(ProjectId project, List<CopyProblem.Conflict> conflicts, ArchiveKeep keep) {
    List<CopyProblem.Conflict> damaged =
        conflicts.stream().filter(one -> !ArchiveDecision.isAllowed(one, keep)).toList();
    if (!damaged.isEmpty()) {
      throw new CommandFailure(
          ExitCode.VERIFICATION_FAILED,
          "damaged",
          "--keep "
              + word(keep)
              + " would keep a damaged file: "
              + Printable.of(damaged.getFirst().message())
              + (damaged.size() > 1 ? " (and " + (damaged.size() - 1) + " more)" : ""),
          allowed(damaged).isEmpty()
              ? repair(project)
              : "--keep "
                  + words(allowed(damaged))
                  + " puts the damaged one aside; "
                  + repair(project));
    }
  }

  /// What can be done about conflicts, each a whole sentence.
  ///
  /// @param command what was typed, with the project
  /// @param possible what that command can do: a drive that is only copied from is not changed
  static List<String> advice(
      ProjectId project, List<CopyProblem> problems, String command, List<ArchiveKeep> possible) {
    List<CopyProblem.Conflict> conflicts = only(problems);
    if (conflicts.isEmpty()) {
      return List.of();
    }
    List<String> advice = new ArrayList<>();
    List<ArchiveKeep> allowed = allowed(conflicts).stream().filter(possible::contains).toList();
    if (!allowed.isEmpty()) {
      advice.add(
          "Decide with "
              + command
              + " --keep "
              + words(allowed)
              + ". What loses is kept. "
              + allowed.stream().map(VersionChoice::meaning).collect(Collectors.joining("; "))
              + ".");
    }
    if (conflicts.stream().anyMatch(CopyProblem.KnownDamaged.class::isInstance)) {
      advice.add("A damaged file: " + repair(project) + ".");
    }
    return advice;
  }

  private static List<ArchiveKeep> allowed(List<CopyProblem.Conflict> conflicts) {
    return Arrays.stream(ArchiveKeep.values())
        .filter(keep -> conflicts.stream().allMatch(one -> ArchiveDecision.isAllowed(one, keep)))
        .toList();
  }

  private static String repair(ProjectId project) {
    return "vat verify "
        + ShellWord.of(project.value())
        + " --repair looks for a good one in the other copies";
  }

  private static String words(List<ArchiveKeep> keeps) {
    return keeps.stream().map(VersionChoice::word).collect(Collectors.joining("|"));
  }

  private static String word(ArchiveKeep keep) {
    return keep.name().toLowerCase(Locale.ROOT);
  }

  private static String meaning(ArchiveKeep keep) {
    return switch (keep) {
      case MINE -> "mine: the one that is copied goes to the drive";
      case THEIRS -> "theirs: the one on the drive stays";
      case BOTH -> "both: the one here gets your name added";
    };
  }
}
