package dev.vat.cli;

import dev.vat.cloud.ObjectSummary;
import dev.vat.staging.Applied;
import dev.vat.staging.Outcome;
import dev.vat.staging.Planner;
import dev.vat.staging.StagedFile;
import dev.vat.staging.StagingView;
import dev.vat.staging.Standing;
import dev.vat.staging.Step;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// `up` or `down` of one of many projects: nobody is asked, conflicts stay, and of a project that
/// is in sync one line is said.
final class ProjectSync {
  /// A listing that is older than this is not what transfers are begun by: they would meet what
  /// others did meanwhile, and take it for conflicts.
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Invocation invocation;
  private final Direction direction;
  private final boolean dryRun;
  private final BiFunction<Planner, Collection<StagedFile>, List<Step>> plan;

  ProjectSync(
      Invocation invocation,
      Direction direction,
      boolean dryRun,
      BiFunction<Planner, Collection<StagedFile>, List<Step>> plan) {
    this.invocation = invocation;
    this.direction = direction;
    this.dryRun = dryRun;
    this.plan = plan;
  }

  /// Looks, and prints or applies the plan. One listing of the project is made when the given one
  /// is old and something is to be done.
  ///
  /// @param listed the project's objects
  /// @param listedAt when they were told
  SyncResult run(StagingSession session, List<ObjectSummary> listed, Instant listedAt)
      throws IOException {
    Instant begin = now();
    StagingView view = session.look(!dryRun, listed);
    List<Step> steps = steps(session, view);
    if (!isCalm(view, steps) && Duration.between(listedAt, now()).compareTo(FRESH) > 0) {
      view = session.look(!dryRun);
      steps = steps(session, view);
    }
    SyncReport report =
        new SyncReport(
            invocation, direction, session.place(), session.chosen(), view, dryRun, true);
    boolean calm = isCalm(view, steps);
    if (calm) {
      report.calm(steps);
    } else {
      report.heading();
    }
    if (dryRun) {
      return report.planned(steps);
    }
    Consumer<Outcome> listener = calm ? _ -> {} : report::outcome;
    Applied applied =
        switch (direction) {
          case UP -> session.staging().up(view, steps, session.chosen()::wants, listener);
          case DOWN -> session.staging().down(view, steps, listener);
        };
    if (calm) {
      applied.outcomes().stream()
          .filter(outcome -> !SyncReport.skipped(outcome))
          .forEach(report::outcome);
    }
    return report.done(applied, Duration.between(begin, now()));
  }

  private List<Step> steps(StagingSession session, StagingView view) {
    return plan.apply(new Planner(session.user(), Map.of(), view.names()), view.files().values());
  }

  /// Whether there is nothing to do and nothing to tell.
  private static boolean isCalm(StagingView view, List<Step> steps) {
    return view.local().leftOut().isEmpty()
        && view.local().warnings().isEmpty()
        && view.remote().refused().isEmpty()
        && steps.stream()
            .allMatch(
                step ->
                    step instanceof Step.Agree
                        || step instanceof Step.Leave
                            && step.file().standing() == Standing.REMOVED_THERE);
  }

  private Instant now() {
    return invocation.surroundings().clock().instant();
  }
}
