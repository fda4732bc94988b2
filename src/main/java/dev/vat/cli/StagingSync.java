package dev.vat.cli;

import dev.vat.project.RelativeName;
import dev.vat.staging.Applied;
import dev.vat.staging.Keep;
import dev.vat.staging.Planner;
import dev.vat.staging.StagedFile;
import dev.vat.staging.StagingView;
import dev.vat.staging.Standing;
import dev.vat.staging.Step;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/// What `up` and `down` have in common: look, let conflicts be decided, plan, and print or apply
/// the plan.
final class StagingSync {
  private final Invocation invocation;
  private final Console console;
  private final Direction direction;
  private final StagingTarget target;
  private final Optional<Keep> keep;
  private final boolean dryRun;
  private final boolean yes;
  private final OptionalLong limitRate;

  StagingSync(
      Invocation invocation,
      Direction direction,
      StagingTarget target,
      Optional<Keep> keep,
      ChangeOptions change,
      OptionalLong limitRate) {
    this.invocation = invocation;
    this.console = invocation.console();
    this.direction = direction;
    this.target = target;
    this.keep = keep;
    this.dryRun = change.dryRun;
    this.yes = change.yes;
    this.limitRate = limitRate;
  }

  ExitCode run(BiFunction<Planner, Collection<StagedFile>, List<Step>> plan) throws IOException {
    StagingSession.Use use = dryRun ? StagingSession.Use.DRY : StagingSession.Use.CHANGE;
    try (StagingSession session =
        StagingSession.open(invocation, target, use, limitRate, "vat " + direction.command())) {
      Instant begin = now();
      StagingView view = session.look(!dryRun);
      SyncReport report =
          new SyncReport(
              invocation, direction, session.place(), session.chosen(), view, dryRun, false);
      report.heading();
      Planner planner = new Planner(session.user(), decisions(view), view.names());
      List<Step> steps = plan.apply(planner, view.files().values());
      if (dryRun) {
        return told(report.planned(steps));
      }
      Applied applied = applied(session, view, steps, report);
      return told(report.done(applied, Duration.between(begin, now())));
    }
  }

  private ExitCode told(SyncResult result) {
    console.document("vat." + direction.command() + "/1", result.document());
    return result.exit();
  }

  private Applied applied(
      StagingSession session, StagingView view, List<Step> steps, SyncReport report)
      throws IOException {
    try (KeepAwake.Handle _ =
        invocation.services().keepAwake().begin("vat " + direction.command())) {
      return switch (direction) {
        case UP -> session.staging().up(view, steps, session.chosen()::wants, report::outcome);
        case DOWN -> session.staging().down(view, steps, report::outcome);
      };
    }
  }

  /// What `--keep` says, else what the person at the terminal says; a dry run asks nobody.
  private Map<RelativeName, Keep> decisions(StagingView view) throws IOException {
    Map<RelativeName, Keep> decisions = new HashMap<>();
    StagingWords words = new StagingWords(now());
    Questions questions = console.questions(false);
    boolean any =
        view.files().values().stream().anyMatch(file -> file.standing() == Standing.CONFLICT);
    if (keep.isPresent() && !any) {
      console.note("There is no conflict to decide; --keep had nothing to do.");
    }
    for (StagedFile file : view.files().values()) {
      if (file.standing() == Standing.CONFLICT) {
        Optional<Keep> decision = keep.isPresent() || dryRun ? keep : asked(file, words, questions);
        decision.ifPresent(chosen -> decisions.put(file.name(), chosen));
      }
    }
    return decisions;
  }

  private Optional<Keep> asked(StagedFile file, StagingWords words, Questions questions)
      throws IOException {
    // A yes is no decision between two versions: the conflict stays, and nobody is asked.
    if (yes || !questions.canAsk()) {
      return Optional.empty();
    }
    ConflictText.of(file, words, now()).forEach(console::note);
    console.note(
        "    mine: yours goes to S3. theirs: S3's comes here. both: yours becomes another file, with"
            + " your name. What loses is kept aside, never destroyed.");
    return questions
        .choose(
            "  What shall be kept?",
            List.of(
                new Questions.Answer<>("mine", Optional.of(Keep.MINE)),
                new Questions.Answer<>("theirs", Optional.of(Keep.THEIRS)),
                new Questions.Answer<>("both", Optional.of(Keep.BOTH)),
                new Questions.Answer<>("skip", Optional.<Keep>empty())))
        .flatMap(answer -> answer);
  }

  private Instant now() {
    return invocation.surroundings().clock().instant();
  }
}
