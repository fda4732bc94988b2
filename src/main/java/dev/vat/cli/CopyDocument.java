package dev.vat.cli;

import dev.vat.lifecycle.DriveCopyPlan;
import dev.vat.project.ProjectId;
import java.util.ArrayList;
import java.util.List;

/// What `vat copy` did or would do, project by project, as a document.
final class CopyDocument {
  private final boolean dryRun;
  private final List<Line> lines = new ArrayList<>();

  CopyDocument(boolean dryRun) {
    this.dryRun = dryRun;
  }

  record Problem(String code, String message) {}

  private record Line(
      String id,
      String from,
      String drive,
      String target,
      boolean existed,
      int files,
      long sizeBytes,
      int missingFiles,
      long missingBytes,
      int copiedFiles,
      boolean whole,
      boolean proven,
      String historyAside,
      List<Problem> problems,
      List<String> leftBehind,
      List<String> onlyThere) {}

  record Document(String repo, boolean dryRun, List<Line> projects) {}

  /// A plan that was not carried out.
  void planned(DriveCopyPlan.Ready plan) {
    copied(plan, 0, false, false, null, List.of(), List.of());
  }

  /// There is no plan for it.
  void notBegun(ProjectId id, List<Problem> problems) {
    lines.add(
        new Line(
            id.value(),
            null,
            null,
            null,
            false,
            0,
            0,
            0,
            0,
            0,
            false,
            false,
            null,
            problems,
            List.of(),
            List.of()));
  }

  void copied(
      DriveCopyPlan.Ready plan,
      int written,
      boolean whole,
      boolean proven,
      String historyAside,
      List<Problem> problems,
      List<String> onlyThere) {
    lines.add(
        new Line(
            plan.id().value(),
            plan.source().where(),
            plan.drive().drive().name(),
            plan.target().toString(),
            plan.exists(),
            plan.source().files().size(),
            CopyReport.bytes(plan),
            plan.missingFiles(),
            plan.missingBytes(),
            written,
            whole,
            proven,
            historyAside,
            problems,
            CopyReport.leftBehind(plan),
            onlyThere));
  }

  Document of(String repo) {
    return new Document(repo, dryRun, lines);
  }
}
