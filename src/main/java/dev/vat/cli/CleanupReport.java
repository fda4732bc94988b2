package dev.vat.cli;

import dev.vat.staging.Removal;
import dev.vat.staging.StagedPlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a cleanup prints when it is done: a line for each object, the amounts, and what to do next.
final class CleanupReport {
  private final Console console;
  private final StagedPlace place;
  private final List<Removal> removed = new ArrayList<>();
  private final List<Removal> unsaved = new ArrayList<>();
  private final List<Removal> failed = new ArrayList<>();
  private final List<ExitCode> codes = new ArrayList<>();
  private final Set<String> hints = new LinkedHashSet<>();

  CleanupReport(Console console, StagedPlace place) {
    this.console = console;
    this.place = place;
  }

  /// One line, and what it means for the end.
  void outcome(Removal.Done outcome) {
    Removal removal = outcome.removal();
    switch (outcome) {
      case Removal.Done.Removed _ -> {
        removed.add(removal);
        line(Symbol.DONE, removal, "removed from S3");
      }
      case Removal.Done.ChangedMeanwhile _ -> {
        codes.add(ExitCode.CONFLICT);
        line(Symbol.FAILED, removal, "somebody replaced it meanwhile; the new one stays");
      }
      case Removal.Done.Unsaved _ -> {
        unsaved.add(removal);
        codes.add(ExitCode.CONFLICT);
        line(Symbol.WARNING, removal, "stays: " + CleanupCommand.left(removal.left()));
      }
      case Removal.Done.Failed fault -> {
        CommandFailure failure = Faults.of(fault.cause());
        failed.add(removal);
        codes.add(failure.exit() == ExitCode.FAILED ? ExitCode.PARTLY : failure.exit());
        hints.add(failure.hint());
        line(Symbol.FAILED, removal, "failed: " + failure.getMessage());
      }
      case Removal.Done.GivenUp _ -> {
        failed.add(removal);
        line(Symbol.FAILED, removal, "stays, for the same reason");
      }
    }
  }

  private void line(Symbol symbol, Removal removal, String text) {
    console.line(
        "  "
            + console.style().sign(symbol)
            + " "
            + CleanupCommand.nameAndSize(removal.file())
            + " - "
            + text);
  }

  /// The amounts, what to do next, and how it ended.
  ///
  /// @param notesProblem why the notes could not be put right, when they could not
  ExitCode summary(Optional<IOException> notesProblem) {
    console.line();
    console.line("Summary:");
    console.line("  Removed from S3: " + CleanupCommand.amount(removed));
    if (!failed.isEmpty()) {
      console.line("  Failed, still in S3: " + CleanupCommand.amount(failed));
    }
    if (!unsaved.isEmpty()) {
      console.line("  Stays, not saved on this computer: " + CleanupCommand.amount(unsaved));
      unsavedHint(console, place);
    }
    hints.stream()
        .filter(hint -> !hint.isEmpty())
        .forEach(hint -> console.note("  " + console.errorStyle().sign(Symbol.NEXT) + " " + hint));
    notesProblem.ifPresent(this::notes);
    return ExitCode.worst(codes);
  }

  private void notes(IOException problem) {
    CommandFailure failure = Faults.of(problem);
    codes.add(failure.exit());
    console.warning(
        "the team's notes in S3 still call removed what stayed: "
            + failure.getMessage()
            + " The files count for more; nobody loses anything by it.");
  }

  static void unsavedHint(Console console, StagedPlace place) {
    console.note(
        "  "
            + console.errorStyle().sign(Symbol.NEXT)
            + " get it first (vat down "
            + place.project()
            + "), or lose it on purpose with --even-unsaved");
  }

  /// For programs (docs/formats/cleanup.schema.json).
  static String action(Removal.Done outcome) {
    return switch (outcome) {
      case Removal.Done.Removed _ -> "removed";
      case Removal.Done.ChangedMeanwhile _ -> "changed";
      case Removal.Done.Unsaved _ -> "unsaved";
      case Removal.Done.Failed _, Removal.Done.GivenUp _ -> "failed";
    };
  }
}
