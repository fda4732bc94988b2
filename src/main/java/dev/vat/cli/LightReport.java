package dev.vat.cli;

import dev.vat.lifecycle.CopyFolder;
import dev.vat.lifecycle.LightFiles;
import dev.vat.lifecycle.LightPlan;
import dev.vat.lifecycle.Located;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import dev.vat.project.TreeRemark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Tells what `vat light` does or would do, project by project, and sums it up.
final class LightReport {
  private static final int MOST_FILES = 12;

  private record FileLine(
      String file, long sizeBytes, String action, boolean done, String kept, String detail) {}

  private record ProjectLine(
      String project,
      String drive,
      String target,
      String state,
      int same,
      List<FileLine> files,
      List<String> remarks,
      String message) {}

  private record Document(
      String repo,
      boolean dryRun,
      int projectsScanned,
      int files,
      long sizeBytes,
      List<ProjectLine> projects) {}

  private final Invocation invocation;
  private final CurrentRepository context;
  private final Console console;
  private final boolean dryRun;
  private final Instant begin;
  private final List<ProjectLine> projects = new ArrayList<>();
  private final List<ExitCode> exits = new ArrayList<>();
  private int scanned;
  private int files;
  private long bytes;
  private int same;
  private int active;
  private int conflicts;

  LightReport(Invocation invocation, CurrentRepository context, boolean dryRun) {
    this.invocation = invocation;
    this.context = context;
    this.console = invocation.console();
    this.dryRun = dryRun;
    this.begin = now();
  }

  void heading(List<Located.Readable> drives) {
    String names =
        drives.stream().map(drive -> drive.label().name()).collect(Collectors.joining(", "));
    console.line(
        console.style().sign(Symbol.DOWNLOAD)
            + " Light files from "
            + Printable.of(names)
            + " to archived/");
    console.line();
  }

  void active(CopyFolder source) {
    scanned++;
    active++;
    projects.add(line(source, null, "active", 0, List.of(), List.of(), "it is active here"));
  }

  void notThere(ProjectId project, boolean elsewhere) {
    String message =
        elsewhere
            ? "its copy is on a drive that cannot be looked at now"
            : "it has no copy on a drive";
    exits.add(elsewhere ? ExitCode.UNAVAILABLE : ExitCode.FAILED);
    say(Symbol.FAILED, project.value() + " - " + message);
    projects.add(
        new ProjectLine(
            project.value(),
            null,
            null,
            elsewhere ? "unavailable" : "no_copy",
            0,
            List.of(),
            List.of(),
            message));
  }

  void unclear(CopyFolder source, String why) {
    scanned++;
    exits.add(ExitCode.CONFLICT);
    say(Symbol.WARNING, source.project() + " - left alone: " + why);
    console.line(
        "      " + console.style().sign(Symbol.NEXT) + " leave one of them, then run this again");
    projects.add(line(source, null, "unclear", 0, List.of(), List.of(), why));
  }

  void failed(CopyFolder source, CommandFailure failure) {
    scanned++;
    exits.add(failure.exit());
    say(Symbol.FAILED, source.project() + " - " + failure.getMessage());
    if (!failure.hint().isEmpty()) {
      console.line(
          "      " + console.style().sign(Symbol.NEXT) + " " + Printable.of(failure.hint()));
    }
    projects.add(line(source, null, failure.code(), 0, List.of(), List.of(), failure.getMessage()));
  }

  void planned(CopyFolder source, LightPlan plan) {
    List<FileLine> lines = new ArrayList<>();
    for (LightPlan.Step step : plan.steps()) {
      lines.add(
          fileLine(
              step,
              false,
              Optional.empty(),
              step instanceof LightPlan.Step.Conflict conflict
                  ? Optional.of(conflict.why())
                  : Optional.empty(),
              step instanceof LightPlan.Step.Conflict));
    }
    tell(source, plan, lines);
  }

  void done(CopyFolder source, LightPlan plan, List<LightFiles.Outcome> outcomes) {
    List<FileLine> lines = new ArrayList<>();
    for (LightPlan.Step step : plan.steps()) {
      outcomes.stream()
          .filter(outcome -> outcome.file().equals(step.file()))
          .forEach(
              outcome ->
                  lines.add(
                      fileLine(
                          step,
                          outcome.problem().isEmpty(),
                          outcome.aside().map(Object::toString),
                          outcome.problem(),
                          outcome.conflict())));
    }
    tell(source, plan, lines);
  }

  private static FileLine fileLine(
      LightPlan.Step step,
      boolean done,
      Optional<String> kept,
      Optional<String> problem,
      boolean conflict) {
    String action =
        conflict
            ? "conflict"
            : switch (step) {
              case LightPlan.Step.New _ -> "new";
              case LightPlan.Step.Update _ -> "update";
              case LightPlan.Step.Conflict _ -> "conflict";
            };
    return new FileLine(
        step.file().name().value(),
        step.file().sizeBytes(),
        action,
        done,
        kept.orElse(null),
        problem.orElse(null));
  }

  private void tell(CopyFolder source, LightPlan plan, List<FileLine> lines) {
    scanned++;
    same += plan.same().size();
    List<FileLine> bad =
        lines.stream()
            .filter(line -> line.action().equals("conflict") || !dryRun && !line.done())
            .toList();
    List<FileLine> good = lines.stream().filter(line -> !bad.contains(line)).toList();
    long size = good.stream().mapToLong(FileLine::sizeBytes).sum();
    files += good.size();
    bytes += size;
    int clashing = (int) bad.stream().filter(line -> line.action().equals("conflict")).count();
    conflicts += clashing;
    if (clashing > 0) {
      exits.add(ExitCode.CONFLICT);
    }
    if (bad.size() > clashing) {
      exits.add(ExitCode.PARTLY);
    }
    if (!lines.isEmpty()) {
      say(
          bad.isEmpty() ? Symbol.DONE : Symbol.WARNING,
          source.project()
              + " - "
              + (dryRun ? "would get " : "")
              + Counts.of(good.size(), "file")
              + " ("
              + Sizes.of(size)
              + ")"
              + (bad.isEmpty() ? "" : ", " + bad.size() + " left alone"));
    }
    good.stream().limit(MOST_FILES).forEach(line -> file(line, Symbol.SAME));
    if (good.size() > MOST_FILES) {
      console.line("      and " + (good.size() - MOST_FILES) + " more (all with --json)");
    }
    bad.forEach(line -> file(line, Symbol.FAILED));
    plan.remarks()
        .forEach(remark -> console.line("      not taken: " + Printable.of(remark.message())));
    projects.add(
        line(
            source,
            context.repository().root().relativize(plan.target()).toString().replace('\\', '/'),
            bad.isEmpty() ? lines.isEmpty() ? "same" : dryRun ? "planned" : "done" : "left_alone",
            plan.same().size(),
            lines,
            plan.remarks().stream().map(TreeRemark::message).toList(),
            null));
  }

  private void file(FileLine line, Symbol sign) {
    console.line(
        "      "
            + console.style().sign(sign)
            + " "
            + Columns.padded(line.action(), 8)
            + " "
            + Printable.of(line.file())
            + " ("
            + Sizes.of(line.sizeBytes())
            + ")"
            + (line.detail() == null ? "" : ": " + Printable.of(line.detail()))
            + (line.kept() == null ? "" : "; the old one is kept"));
  }

  ExitCode end() {
    console.line();
    console.line("Summary:");
    console.line(
        "  Projects scanned: "
            + scanned
            + (active > 0 ? " (" + active + " active here, left alone)" : ""));
    console.line(
        "  Files " + (dryRun ? "to copy: " : "copied: ") + files + " (" + Sizes.of(bytes) + ")");
    console.line("  The same already: " + Counts.of(same, "file"));
    if (conflicts > 0) {
      console.line("  Conflicts: " + Counts.of(conflicts, "file") + " (nothing was overwritten)");
      console.line(
          "  "
              + console.style().sign(Symbol.NEXT)
              + " to keep yours there is nothing to do; to have the drive's, move yours away and run"
              + " this again");
    }
    console.line(
        dryRun
            ? "Nothing was written (--dry-run)."
            : "  Total time: " + Durations.of(Duration.between(begin, now())));
    console.document(
        "vat.light/1",
        new Document(
            context.repository().folderName(),
            dryRun,
            scanned,
            files,
            bytes,
            List.copyOf(projects)));
    return ExitCode.worst(exits);
  }

  private static ProjectLine line(
      CopyFolder source,
      String target,
      String state,
      int same,
      List<FileLine> files,
      List<String> remarks,
      String message) {
    return new ProjectLine(
        source.project().value(),
        source.drive().map(drive -> drive.label().name()).orElse(null),
        target,
        state,
        same,
        files,
        remarks,
        message);
  }

  private void say(Symbol sign, String text) {
    console.line("  " + console.style().sign(sign) + " " + Printable.of(text));
  }

  private Instant now() {
    return invocation.surroundings().clock().instant();
  }
}
