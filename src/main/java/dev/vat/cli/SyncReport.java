package dev.vat.cli;

import dev.vat.staging.Outcome;
import dev.vat.staging.StagedFile;
import dev.vat.staging.StagedPlace;
import dev.vat.staging.StagingView;
import dev.vat.staging.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What `up` and `down` print, in the shape that users know.
final class SyncReport {
  private final Console console;
  private final Direction direction;
  private final StagedPlace place;
  private final StagingView view;
  private final boolean dryRun;
  private final Instant now;
  private final StagingWords words;
  private final Style style;

  SyncReport(
      Invocation invocation,
      Direction direction,
      StagedPlace place,
      StagingView view,
      boolean dryRun) {
    this.console = invocation.console();
    this.direction = direction;
    this.place = place;
    this.view = view;
    this.dryRun = dryRun;
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
    StagingRemarks.print(console, view, direction);
  }

  /// One line as soon as it is known. Called from any thread, one at a time.
  void outcome(Outcome outcome) {
    StagedFile file = outcome.file();
    switch (outcome) {
      case Outcome.InSync _ -> line(Symbol.SAME, file, "already in sync");
      case Outcome.Uploaded uploaded -> line(Symbol.DONE, file, uploaded(uploaded.why(), file));
      case Outcome.Downloaded downloaded ->
          line(
              Symbol.DONE,
              file,
              downloaded.putAside().isPresent()
                  ? "downloaded (the older one is kept: vat kept list)"
                  : "downloaded");
      case Outcome.Left _ -> line(leftSymbol(file), file, words.left(file));
      case Outcome.Undecided _ -> line(Symbol.FAILED, file, "conflict, nothing was changed");
      case Outcome.Overtaken overtaken ->
          line(
              Symbol.FAILED,
              file,
              "conflict: " + Printable.of(overtaken.what()) + "; nothing was overwritten");
      case Outcome.KeptMine _ ->
          line(Symbol.DONE, file, "yours is in S3 now; S3's is kept: vat kept list");
      case Outcome.KeptTheirs _ ->
          line(Symbol.DONE, file, "S3's is here now; yours is kept: vat kept list");
      case Outcome.KeptBoth both ->
          line(
              Symbol.DONE,
              file,
              "both kept; yours is called " + Printable.of(both.mineBecame().value()) + " now");
      case Outcome.Failed failed ->
          line(Symbol.FAILED, file, "failed: " + Faults.of(failed.cause()).getMessage());
    }
  }

  private Symbol leftSymbol(StagedFile file) {
    return switch (file.standing()) {
      case CHANGED_THERE -> direction == Direction.UP ? Symbol.WARNING : Symbol.SAME;
      case IN_SYNC,
          ONLY_HERE,
          ONLY_THERE,
          CHANGED_HERE,
          CONFLICT,
          CHANGED_HERE_REMOVED_THERE,
          REMOVED_THERE,
          REMOVED_HERE ->
          Symbol.SAME;
    };
  }

  private String uploaded(Step.Upload.Why why, StagedFile file) {
    return switch (why) {
      case NEW, CHANGED_HERE, AGAIN -> "uploaded";
      case CHANGED_SINCE_REMOVED ->
          "uploaded as new (it was " + words.removal(file.tombstone()) + ")";
    };
  }

  private void line(Symbol symbol, StagedFile file, String what) {
    console.line("  " + style.sign(symbol) + " " + StagingWords.fileAndSize(file) + " - " + what);
  }

  /// Prints the plan of a dry run.
  ExitCode planned(List<Step> steps) {
    steps.forEach(this::plannedLine);
    List<StagedFile> moving = steps.stream().filter(SyncReport::moves).map(Step::file).toList();
    List<StagedFile> conflicts =
        steps.stream().filter(Step.Undecided.class::isInstance).map(Step::file).toList();
    console.line();
    console.line("Plan:");
    amount("Would move", moving);
    amount("Would leave", steps.stream().filter(s -> !moves(s)).map(Step::file).toList());
    conflicts(conflicts);
    SyncDocument.plan(console, direction, place, steps, view);
    return conflicts.isEmpty() ? ExitCode.DONE : ExitCode.CONFLICT;
  }

  private static boolean moves(Step step) {
    return switch (step) {
      case Step.Upload _, Step.Download _, Step.KeepMine _, Step.KeepTheirs _, Step.KeepBoth _ ->
          true;
      case Step.Agree _, Step.Leave _, Step.Undecided _ -> false;
    };
  }

  private void plannedLine(Step step) {
    StagedFile file = step.file();
    switch (step) {
      case Step.Agree _ -> line(Symbol.SAME, file, "already in sync");
      case Step.Upload upload ->
          line(Symbol.DONE, file, "would be " + uploaded(upload.why(), file));
      case Step.Download _ ->
          line(
              Symbol.DONE,
              file,
              file.local().isPresent()
                  ? "would be downloaded; the older one here would be kept aside"
                  : "would be downloaded");
      case Step.Leave _ -> line(leftSymbol(file), file, words.left(file));
      case Step.Undecided _ -> line(Symbol.FAILED, file, "conflict");
      case Step.KeepMine _ ->
          line(Symbol.DONE, file, "yours would go to S3; S3's would be kept aside");
      case Step.KeepTheirs _ ->
          line(Symbol.DONE, file, "S3's would come here; yours would be kept aside");
      case Step.KeepBoth both ->
          line(
              Symbol.DONE,
              file,
              "both would be kept; yours as " + Printable.of(both.mineBecomes().value()));
    }
  }

  /// Prints the summary, and tells how it ended.
  ExitCode done(List<Outcome> outcomes, Duration time) {
    console.line();
    console.line("Summary:");
    amount(direction.done(), files(outcomes, SyncReport::moved));
    amount("Skipped", files(outcomes, SyncReport::skipped));
    long waiting = view.local().waiting();
    if (waiting > 0 && direction == Direction.UP) {
      console.line("  Not yet: " + Counts.of(waiting, "file") + " still being written");
    }
    List<StagedFile> conflicts = files(outcomes, SyncReport::isConflict);
    List<StagedFile> failed = files(outcomes, Outcome.Failed.class::isInstance);
    if (!conflicts.isEmpty()) {
      amount("Conflicts", conflicts);
    }
    if (!failed.isEmpty()) {
      amount("Failed", failed);
    }
    console.line("  Total time: " + Durations.of(time));
    conflicts(files(outcomes, Outcome.Undecided.class::isInstance));
    hints(outcomes);
    SyncDocument.result(console, direction, place, outcomes, view, time);
    return exit(outcomes);
  }

  private static List<StagedFile> files(List<Outcome> outcomes, Predicate<Outcome> which) {
    return outcomes.stream().filter(which).map(Outcome::file).toList();
  }

  private static boolean moved(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Uploaded _,
          Outcome.Downloaded _,
          Outcome.KeptMine _,
          Outcome.KeptTheirs _,
          Outcome.KeptBoth _ ->
          true;
      case Outcome.InSync _,
          Outcome.Left _,
          Outcome.Undecided _,
          Outcome.Overtaken _,
          Outcome.Failed _ ->
          false;
    };
  }

  private static boolean isConflict(Outcome outcome) {
    return outcome instanceof Outcome.Undecided || outcome instanceof Outcome.Overtaken;
  }

  private static boolean skipped(Outcome outcome) {
    return outcome instanceof Outcome.InSync || outcome instanceof Outcome.Left;
  }

  private void amount(String what, List<StagedFile> files) {
    long bytes = files.stream().mapToLong(StagedFile::sizeBytes).sum();
    console.line(
        "  " + what + ": " + Counts.of(files.size(), "file") + " (" + Sizes.of(bytes) + ")");
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

  private ExitCode exit(List<Outcome> outcomes) {
    List<ExitCode> codes = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      switch (outcome) {
        case Outcome.Undecided _, Outcome.Overtaken _ -> codes.add(ExitCode.CONFLICT);
        case Outcome.Failed failed -> {
          ExitCode exit = Faults.of(failed.cause()).exit();
          codes.add(exit == ExitCode.FAILED ? ExitCode.PARTLY : exit);
        }
        case Outcome.InSync _,
            Outcome.Uploaded _,
            Outcome.Downloaded _,
            Outcome.Left _,
            Outcome.KeptMine _,
            Outcome.KeptTheirs _,
            Outcome.KeptBoth _ ->
            codes.add(ExitCode.DONE);
      }
    }
    if (StagingRemarks.somethingWasLeftOut(view, direction)) {
      codes.add(ExitCode.PARTLY);
    }
    return ExitCode.worst(codes);
  }
}
