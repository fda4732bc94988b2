package dev.vat.cli;

import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import dev.vat.staging.Planner;
import dev.vat.staging.StagedFile;
import dev.vat.staging.Step;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.BiFunction;

/// `up --all` and `down --all`: one project after the other, each under its own lock, all by one
/// listing. What goes wrong with one of them does not keep the others back, unless it would go
/// wrong with each.
final class AllSync {
  private final Invocation invocation;
  private final Console console;
  private final Direction direction;
  private final boolean dryRun;
  private final OptionalLong limitRate;
  private final List<ProjectLine> lines = new ArrayList<>();
  private final List<ExitCode> codes = new ArrayList<>();
  private final Totals totals = new Totals();

  AllSync(
      Invocation invocation, Direction direction, ChangeOptions change, OptionalLong limitRate) {
    this.invocation = invocation;
    this.console = invocation.console();
    this.direction = direction;
    this.dryRun = change.dryRun;
    this.limitRate = limitRate;
  }

  /// @param exitCode of this project
  /// @param result as of the project alone; null when it could not be looked at
  /// @param error null when it could
  record ProjectLine(String project, int exitCode, Object result, ProjectError error) {}

  /// Why a project could not be looked at.
  record ProjectError(String code, String message, String hint) {
    static ProjectError of(CommandFailure failure) {
      return new ProjectError(failure.code(), failure.getMessage(), failure.hint());
    }
  }

  private record Document(
      String repo,
      String address,
      boolean dryRun,
      List<ProjectLine> projects,
      List<String> notReached,
      double seconds) {}

  private static final class Totals {
    private int moving;
    private long files;
    private long bytes;
    private final List<String> conflicts = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
  }

  ExitCode run(BiFunction<Planner, Collection<StagedFile>, List<Step>> plan) throws IOException {
    StagingSession.Use use = dryRun ? StagingSession.Use.DRY : StagingSession.Use.CHANGE;
    Instant begin = now();
    try (StagingRepository repository = StagingRepository.open(invocation, use, limitRate)) {
      String repo = repository.access().collab().repoName();
      console.line(
          console.style().sign(direction.symbol())
              + " "
              + direction.heading()
              + " all projects of "
              + Printable.of(repo)
              + (dryRun ? " (dry run: nothing is changed)" : ""));
      console.line();
      AllProjects projects = AllProjects.of(invocation, repository, direction == Direction.DOWN);
      List<String> notReached =
          each(repository, projects, new ProjectSync(invocation, direction, dryRun, plan));
      Duration time = Duration.between(begin, now());
      summary(projects.ids().size(), notReached, time);
      console.document(
          "vat." + direction.command() + "-all/1",
          new Document(
              repo,
              repository.access().repositoryAddress(),
              dryRun,
              List.copyOf(lines),
              notReached,
              time.toMillis() / 1000.0));
      return exit();
    }
  }

  /// @return the projects that there was no use in trying any more
  private List<String> each(StagingRepository repository, AllProjects projects, ProjectSync sync)
      throws IOException {
    try (KeepAwake.Handle _ = awake()) {
      TreeSet<ProjectId> left = new TreeSet<>(projects.ids());
      while (!left.isEmpty()) {
        if (!goesOnAfter(repository, projects, left.pollFirst(), sync)) {
          break;
        }
      }
      return left.stream().map(ProjectId::value).toList();
    }
  }

  private KeepAwake.Handle awake() {
    return dryRun
        ? () -> {}
        : invocation.services().keepAwake().begin("vat " + direction.command());
  }

  private boolean goesOnAfter(
      StagingRepository repository, AllProjects projects, ProjectId id, ProjectSync sync)
      throws IOException {
    SyncResult result;
    try (StagingSession session =
        repository.session(
            new ChosenProject(id, List.of()), "vat " + direction.command() + " --all")) {
      result = sync.run(session, projects.listed(id), projects.listedAt());
    } catch (IOException | CommandFailure fault) {
      CommandFailure failure = Faults.of(fault);
      failed(id, failure);
      return !Faults.concernsAll(fault);
    }
    codes.add(result.exit());
    totals.moving += result.moved() > 0 ? 1 : 0;
    totals.files += result.moved();
    totals.bytes += result.movedBytes();
    if (result.conflicts() > 0) {
      totals.conflicts.add(id.value());
    }
    if (console.json()) {
      lines.add(new ProjectLine(id.value(), result.exit().number(), result.document(), null));
    }
    return !result.lineIsDown();
  }

  private void failed(ProjectId id, CommandFailure failure) {
    // An archived project is at rest on purpose; only that something is left in S3 is worth a word.
    ExitCode exit = failure.code().equals("archived_project") ? ExitCode.PARTLY : failure.exit();
    codes.add(exit);
    totals.failed.add(id.value());
    console.warning(Printable.of(id.value()) + ": " + failure.getMessage());
    if (!failure.hint().isEmpty()) {
      console.note("  " + console.errorStyle().sign(Symbol.NEXT) + " " + failure.hint());
    }
    if (console.json()) {
      lines.add(new ProjectLine(id.value(), exit.number(), null, ProjectError.of(failure)));
    }
  }

  private void summary(int projects, List<String> notReached, Duration time) {
    console.line();
    console.line((dryRun ? "Plan for " : "Summary of ") + Counts.of(projects, "project") + ":");
    String done = direction.done();
    console.line(
        "  "
            + (dryRun ? "Would be " + done.toLowerCase(Locale.ROOT) : done)
            + ": "
            + Counts.of(totals.files, "file")
            + " ("
            + Sizes.of(totals.bytes)
            + ") in "
            + Counts.of(totals.moving, "project"));
    names("Conflicts to decide in", totals.conflicts);
    names("Not done", totals.failed);
    names("Not reached, because S3 cannot be used now", notReached);
    if (!dryRun) {
      console.line("  Total time: " + Durations.of(time));
    }
  }

  private void names(String what, List<String> projects) {
    if (!projects.isEmpty()) {
      console.line(
          "  " + what + ": " + String.join(", ", projects.stream().map(Printable::of).toList()));
    }
  }

  /// One project's failure is a part of the whole, as one file's is of a project.
  private ExitCode exit() {
    boolean something = codes.contains(ExitCode.DONE) || totals.files > 0;
    return ExitCode.worst(
        codes.stream()
            .map(code -> code == ExitCode.FAILED && something ? ExitCode.PARTLY : code)
            .toList());
  }

  private Instant now() {
    return invocation.surroundings().clock().instant();
  }
}
