package dev.vat.cli;

import dev.vat.staging.Outcome;
import dev.vat.staging.StagedPlace;
import dev.vat.staging.StagingView;
import dev.vat.staging.Step;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `up` and `down` for programs (docs/formats/sync.schema.json).
final class SyncDocument {
  private SyncDocument() {}

  /// @param action what was or would be done: `upload`, `download`, `none`, `conflict`, `keep_mine`
  ///     ...
  /// @param detail more for people; null where there is none
  private record FileLine(
      String name, long sizeBytes, String standing, String action, String detail) {}

  private record Document(
      String repo,
      String project,
      String address,
      boolean dryRun,
      List<FileLine> files,
      List<StagingDocuments.LeftOut> leftOut,
      Double seconds) {}

  /// The body for a dry run.
  static Object plan(StagedPlace place, List<Step> steps, StagingView view) {
    List<FileLine> lines = steps.stream().map(SyncDocument::planned).toList();
    return body(place, true, lines, view, Optional.empty());
  }

  /// The body for a run.
  static Object result(StagedPlace place, List<Outcome> outcomes, StagingView view, Duration time) {
    List<FileLine> lines = outcomes.stream().map(SyncDocument::done).toList();
    return body(place, false, lines, view, Optional.of(time));
  }

  private static Document body(
      StagedPlace place,
      boolean dryRun,
      List<FileLine> lines,
      StagingView view,
      Optional<Duration> time) {
    return new Document(
        place.repo(),
        place.project().value(),
        place.address(),
        dryRun,
        lines,
        StagingDocuments.leftOut(view),
        time.map(t -> t.toMillis() / 1000.0).orElse(null));
  }

  private static FileLine planned(Step step) {
    return switch (step) {
      case Step.Agree _, Step.Leave _ -> line(step, "none", null);
      case Step.Upload upload -> line(step, "upload", upload.why().name().toLowerCase(Locale.ROOT));
      case Step.Download _ -> line(step, "download", null);
      case Step.Undecided _ -> line(step, "conflict", null);
      case Step.KeepMine _ -> line(step, "keep_mine", null);
      case Step.KeepTheirs _ -> line(step, "keep_theirs", null);
      case Step.KeepBoth both -> line(step, "keep_both", both.mineBecomes().value());
    };
  }

  private static FileLine line(Step step, String action, String detail) {
    return new FileLine(
        step.name().value(),
        step.sizeBytes(),
        StagingDocuments.word(step.file().standing()),
        action,
        detail);
  }

  private static FileLine done(Outcome outcome) {
    return switch (outcome) {
      case Outcome.InSync _, Outcome.Left _ -> line(outcome, "none", null);
      case Outcome.Uploaded uploaded ->
          line(outcome, "uploaded", uploaded.why().name().toLowerCase(Locale.ROOT));
      case Outcome.Downloaded downloaded ->
          line(outcome, "downloaded", downloaded.putAside().map(Object::toString).orElse(null));
      case Outcome.Undecided _ -> line(outcome, "conflict", null);
      case Outcome.Overtaken overtaken -> line(outcome, "conflict", overtaken.what());
      case Outcome.KeptMine kept -> line(outcome, "kept_mine", kept.putAsideKey());
      case Outcome.KeptTheirs kept -> line(outcome, "kept_theirs", kept.putAside().toString());
      case Outcome.KeptBoth both -> line(outcome, "kept_both", both.mineBecame().value());
      case Outcome.Failed failed -> line(outcome, "failed", Faults.of(failed.cause()).getMessage());
      case Outcome.GivenUp given ->
          line(outcome, "failed", Faults.of(given.because()).getMessage());
    };
  }

  private static FileLine line(Outcome outcome, String action, String detail) {
    return new FileLine(
        outcome.name().value(),
        outcome.sizeBytes(),
        StagingDocuments.word(outcome.file().standing()),
        action,
        detail);
  }
}
