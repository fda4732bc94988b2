package dev.vat.cli;

import dev.vat.project.RelativeName;
import dev.vat.project.Sizes;
import dev.vat.staging.Applied;
import dev.vat.staging.Outcome;
import dev.vat.staging.StagedFile;
import dev.vat.staging.StagedPlace;
import dev.vat.staging.StagingView;
import dev.vat.staging.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// What `up` and `down` print, in the shape that users know.
final class SyncReport {
  private final Console console;
  private final Direction direction;
  private final StagedPlace place;
  private final ChosenProject chosen;
  private final StagingView view;
  private final boolean dryRun;
  private final boolean oneOfMany;
  private final Instant now;
  private final StagingWords words;
  private final Style style;

  /// @param oneOfMany whether the sums of this project are left to a summary of all
  SyncReport(
      Invocation invocation,
      Direction direction,
      StagedPlace place,
      ChosenProject chosen,
      StagingView view,
      boolean dryRun,
      boolean oneOfMany) {
    this.console = invocation.console();
    this.direction = direction;
    this.place = place;
    this.chosen = chosen;
    this.view = view;
    this.dryRun = dryRun;
    this.oneOfMany = oneOfMany;
    this.now = invocation.surroundings().clock().instant();
    this.words = new StagingWords(now);
    this.style = console.style();
  }

  void heading() {
    console.line(
        style.sign(direction.symbol())
            + " "
            + direction.heading()
            + " "
            + Printable.of(place.repo())
            + "/"
            + place.project()
            + (dryRun ? " (dry run: nothing is changed)" : ""));
    console.line();
    StagingRemarks.print(console, view, direction, chosen);
  }

  /// Instead of the heading and a line for each file, when there is nothing to do: one line.
  void calm(List<Step> steps) {
    StagingRemarks.print(console, view, direction, chosen);
    String what =
        steps.isEmpty()
            ? "nothing is shared"
            : "already in sync (" + Counts.of(steps.size(), "file") + ")";
    console.line(style.sign(Symbol.SAME) + " " + place.project() + " - " + what);
  }

  /// One line as soon as it is known. Called from any thread, one at a time.
  void outcome(Outcome outcome) {
    line(outcome.name(), outcome.sizeBytes(), SyncLines.of(outcome, direction, words));
  }

  private void line(RelativeName name, long bytes, SyncLines line) {
    console.line(
        "  "
            + style.sign(line.symbol())
            + " "
            + Printable.of(name.value())
            + " ("
            + Sizes.of(bytes)
            + ") - "
            + line.text());
  }

  /// Prints the plan of a dry run.
  SyncResult planned(List<Step> steps) {
    steps.forEach(
        step -> line(step.name(), step.sizeBytes(), SyncLines.of(step, direction, words)));
    List<StagedFile> conflicts =
        steps.stream().filter(Step.Undecided.class::isInstance).map(Step::file).toList();
    if (!oneOfMany) {
      console.line();
      console.line("Plan:");
      planned("Would be " + direction.done().toLowerCase(Locale.ROOT), steps, SyncReport::moves);
      planned("Would be left", steps, step -> !moves(step));
    }
    conflicts(conflicts);
    ExitCode exit =
        ExitCode.worst(
            conflicts.isEmpty() ? ExitCode.DONE : ExitCode.CONFLICT,
            StagingRemarks.somethingWasLeftOut(view, direction, chosen)
                ? ExitCode.PARTLY
                : ExitCode.DONE);
    List<Step> moving = steps.stream().filter(SyncReport::moves).toList();
    return new SyncResult(
        exit,
        SyncDocument.plan(place, steps, view),
        moving.size(),
        moving.stream().mapToLong(Step::sizeBytes).sum(),
        conflicts.size(),
        false);
  }

  private void planned(String what, List<Step> steps, Predicate<Step> which) {
    List<Step> chosen = steps.stream().filter(which).toList();
    amount(what, chosen.size(), chosen.stream().mapToLong(Step::sizeBytes).sum());
  }

  private static boolean moves(Step step) {
    return switch (step) {
      case Step.Upload _, Step.Download _, Step.KeepMine _, Step.KeepTheirs _, Step.KeepBoth _ ->
          true;
      case Step.Agree _, Step.Leave _, Step.Undecided _ -> false;
    };
  }

  /// Prints the summary, and tells how it ended.
  SyncResult done(Applied applied, Duration time) {
    List<Outcome> outcomes = applied.outcomes();
    if (!oneOfMany) {
      summary(outcomes, time);
    }
    conflicts(
        outcomes.stream().filter(Outcome.Undecided.class::isInstance).map(Outcome::file).toList());
    hints(outcomes);
    List<Outcome> moved = outcomes.stream().filter(SyncReport::moved).toList();
    return new SyncResult(
        ExitCode.worst(exit(outcomes), notes(applied), leftovers(applied)),
        SyncDocument.result(place, outcomes, view, time),
        moved.size(),
        moved.stream().mapToLong(Outcome::sizeBytes).sum(),
        (int) outcomes.stream().filter(SyncReport::isConflict).count(),
        lineIsDown(applied));
  }

  private static boolean lineIsDown(Applied applied) {
    return applied.outcomes().stream()
            .anyMatch(o -> o instanceof Outcome.Failed f && Faults.concernsAll(f.cause()))
        || applied.notesProblem().filter(Faults::concernsAll).isPresent();
  }

  private void summary(List<Outcome> outcomes, Duration time) {
    console.line();
    console.line("Summary:");
    done(direction.done(), outcomes, SyncReport::moved);
    done("Skipped", outcomes, SyncReport::skipped);
    leftAlone();
    if (outcomes.stream().anyMatch(SyncReport::isDecided)) {
      done("Conflicts decided", outcomes, SyncReport::isDecided);
    }
    if (outcomes.stream().anyMatch(SyncReport::isConflict)) {
      done("Conflicts", outcomes, SyncReport::isConflict);
    }
    if (outcomes.stream().anyMatch(SyncReport::isFailed)) {
      done("Failed", outcomes, SyncReport::isFailed);
    }
    console.line("  Total time: " + Durations.of(time));
  }

  private void leftAlone() {
    long waiting = view.local().waiting();
    long others = view.local().leftOut().size() - waiting;
    if (chosen.files().isEmpty() && direction == Direction.UP) {
      if (waiting > 0) {
        console.line("  Not yet: " + Counts.of(waiting, "file") + " still being written");
      }
      if (others > 0) {
        console.line("  Left alone: " + Counts.of(others, "file") + ", see above");
      }
    }
  }

  private void done(String what, List<Outcome> outcomes, Predicate<Outcome> which) {
    List<Outcome> chosen = outcomes.stream().filter(which).toList();
    amount(what, chosen.size(), chosen.stream().mapToLong(Outcome::sizeBytes).sum());
  }

  private static boolean moved(Outcome outcome) {
    return outcome instanceof Outcome.Uploaded || outcome instanceof Outcome.Downloaded;
  }

  private static boolean isDecided(Outcome outcome) {
    return outcome instanceof Outcome.KeptMine
        || outcome instanceof Outcome.KeptTheirs
        || outcome instanceof Outcome.KeptBoth;
  }

  private static boolean isConflict(Outcome outcome) {
    return outcome instanceof Outcome.Undecided || outcome instanceof Outcome.Overtaken;
  }

  private static boolean isFailed(Outcome outcome) {
    return outcome instanceof Outcome.Failed || outcome instanceof Outcome.GivenUp;
  }

  /// Whether there was nothing to do about the file.
  static boolean skipped(Outcome outcome) {
    return outcome instanceof Outcome.InSync || outcome instanceof Outcome.Left;
  }

  private void amount(String what, int files, long bytes) {
    console.line("  " + what + ": " + Counts.of(files, "file") + " (" + Sizes.of(bytes) + ")");
  }

  private void conflicts(List<StagedFile> conflicts) {
    if (conflicts.isEmpty()) {
      return;
    }
    console.line();
    console.line("Conflicts (both versions are safe, nothing was overwritten):");
    for (StagedFile file : conflicts) {
      ConflictText.of(file, words, now).forEach(console::line);
    }
    console.line("  Decide with one of:");
    String file = Printable.of(ShellWord.of(conflicts.getFirst().name().value()));
    for (String choice : List.of("mine", "theirs", "both")) {
      console.line(
          "    vat "
              + direction.command()
              + " "
              + place.project()
              + " "
              + file
              + " --keep "
              + choice);
    }
    if (conflicts.size() > 1) {
      console.line(
          "  Or all of them at once: vat "
              + direction.command()
              + " "
              + place.project()
              + " --keep both");
    }
  }

  /// What to do about failures, each remedy once.
  private void hints(List<Outcome> outcomes) {
    List<String> hints = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Failed failed) {
        String hint = Faults.of(failed.cause()).hint();
        if (!hint.isEmpty() && !hints.contains(hint)) {
          hints.add(hint);
        }
      }
    }
    hints.forEach(hint -> console.note("  " + console.errorStyle().sign(Symbol.NEXT) + " " + hint));
  }

  private static String sentence(String message) {
    return message.endsWith(".") ? message : message + ".";
  }

  private ExitCode notes(Applied applied) {
    if (applied.notesProblem().isEmpty()) {
      return ExitCode.DONE;
    }
    CommandFailure failure = Faults.of(applied.notesProblem().get());
    console.warning(
        "the team's notes in S3 could not be written: "
            + sentence(failure.getMessage())
            + " The files are not touched by that; run the command again to write the notes.");
    return failure.exit();
  }

  private ExitCode leftovers(Applied applied) {
    if (applied.leftovers().isEmpty()) {
      return ExitCode.DONE;
    }
    CommandFailure failure = Faults.of(applied.leftovers().get());
    String what =
        switch (direction) {
          case UP ->
              "parts of an earlier upload, which nobody needs any more, could not be removed from"
                  + " S3: ";
          case DOWN ->
              "what an earlier download left here, which nobody needs any more, could not be"
                  + " removed: ";
        };
    console.warning(what + sentence(failure.getMessage()) + " The next run tries again.");
    return failure.exit() == ExitCode.FAILED ? ExitCode.PARTLY : failure.exit();
  }

  private ExitCode exit(List<Outcome> outcomes) {
    List<ExitCode> codes = new ArrayList<>();
    boolean something = outcomes.stream().anyMatch(o -> moved(o) || isDecided(o) || skipped(o));
    for (Outcome outcome : outcomes) {
      if (isConflict(outcome)) {
        codes.add(ExitCode.CONFLICT);
      } else if (outcome instanceof Outcome.Failed failed) {
        ExitCode exit = Faults.of(failed.cause()).exit();
        codes.add(exit == ExitCode.FAILED && something ? ExitCode.PARTLY : exit);
      } else if (outcome instanceof Outcome.Uploaded uploaded && uploaded.changedSince()) {
        codes.add(ExitCode.PARTLY);
      }
    }
    boolean nothingWorked = !something && !codes.isEmpty();
    if (!nothingWorked && StagingRemarks.somethingWasLeftOut(view, direction, chosen)) {
      codes.add(ExitCode.PARTLY);
    }
    return ExitCode.worst(codes);
  }
}
