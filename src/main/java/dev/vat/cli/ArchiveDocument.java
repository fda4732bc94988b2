package dev.vat.cli;

import dev.vat.disk.CopyProblem;
import dev.vat.lifecycle.ArchivePlan;
import dev.vat.lifecycle.Archived;
import dev.vat.lifecycle.Obstacle;
import dev.vat.project.ProjectId;
import dev.vat.project.TreeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What `vat archive` did or would do, project by project, as a document.
final class ArchiveDocument {
  private final boolean dryRun;
  private final List<ProjectLine> projects = new ArrayList<>();

  ArchiveDocument(boolean dryRun) {
    this.dryRun = dryRun;
  }

  private record Amount(int files, long bytes) {
    static Amount of(List<TreeFile> files) {
      return new Amount(files.size(), ArchivePlan.bytes(files));
    }
  }

  private record ReasonLine(String kind, String message) {}

  private record StayedLine(String name, long sizeBytes, String reason) {}

  private record ProjectLine(
      String project,
      String state,
      String folder,
      Amount copy,
      Long missingBytes,
      Amount move,
      Amount release,
      List<String> left,
      String keptBecause,
      List<StayedLine> stayed,
      String historyAside,
      List<ReasonLine> obstacles,
      List<String> warnings) {
    /// Of a project for which no plan was made.
    static ProjectLine unplanned(ProjectId project, String state, List<ReasonLine> why) {
      return new ProjectLine(
          project.value(),
          state,
          null,
          null,
          null,
          null,
          null,
          List.of(),
          null,
          List.of(),
          null,
          why,
          List.of());
    }
  }

  record Document(String repo, boolean dryRun, String drive, List<ProjectLine> projects) {}

  /// A plan that was not carried out.
  void planned(ArchivePlan plan, String state) {
    add(plan, state, List.of(), List.of(), null);
  }

  /// The copy could not be made whole.
  void notWhole(ArchivePlan plan, List<CopyProblem> problems) {
    add(
        plan,
        "stopped",
        problems.stream()
            .map(
                problem ->
                    new ReasonLine(ArchiveReport.kind(problem.getClass()), problem.message()))
            .toList(),
        List.of(),
        null);
  }

  /// @param left the copies that are left of each file that was released
  void done(ArchivePlan plan, String state, List<String> left, Archived archived) {
    add(plan, state, List.of(), left, archived);
  }

  /// It was not even looked at.
  void stopped(ProjectId project, List<Obstacle> obstacles) {
    projects.add(ProjectLine.unplanned(project, "stopped", lines(obstacles)));
  }

  /// It could not be archived, and others may be.
  void failed(ProjectId project, CommandFailure failure) {
    projects.add(
        ProjectLine.unplanned(
            project, "failed", List.of(new ReasonLine("failed", failure.getMessage()))));
  }

  /// It has no active folder.
  void alreadyArchived(ProjectId project) {
    projects.add(ProjectLine.unplanned(project, "archived_already", List.of()));
  }

  Document of(String repo, String drive) {
    return new Document(repo, dryRun, drive, projects);
  }

  private void add(
      ArchivePlan plan,
      String state,
      List<ReasonLine> problems,
      List<String> left,
      Archived archived) {
    List<ReasonLine> obstacles = new ArrayList<>(lines(plan.obstacles()));
    obstacles.addAll(problems);
    projects.add(
        new ProjectLine(
            plan.project().value(),
            state,
            plan.copyFolder().toString(),
            Amount.of(plan.copied()),
            plan.missingBytes(),
            Amount.of(plan.moved()),
            Amount.of(plan.released()),
            left,
            archived == null ? plan.releasesNothing().orElse(null) : archived.kept().orElse(null),
            archived == null
                ? List.of()
                : archived.released().stayed().stream()
                    .map(one -> new StayedLine(one.name().value(), one.sizeBytes(), one.why()))
                    .toList(),
            archived == null ? null : archived.historyAside().map(Path::toString).orElse(null),
            obstacles,
            plan.warnings()));
  }

  private static List<ReasonLine> lines(List<Obstacle> obstacles) {
    return obstacles.stream()
        .map(one -> new ReasonLine(one.kind().name().toLowerCase(Locale.ROOT), one.message()))
        .toList();
  }
}
