package dev.vat.cli;

import dev.vat.disk.CopyProblem;
import dev.vat.lifecycle.CopySource;
import dev.vat.lifecycle.DriveRestorePlan;
import dev.vat.lifecycle.DriveRestoring;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.project.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What `vat restore` prints when it takes a drive's copy: the plan, then what became of it.
final class DriveRestoreReport {
  private final Console console;
  private final String repo;
  private final ProjectId project;
  private final CopySource source;
  private final boolean dryRun;

  DriveRestoreReport(
      Console console, String repo, ProjectId project, CopySource source, boolean dryRun) {
    this.console = console;
    this.repo = repo;
    this.project = project;
    this.source = source;
    this.dryRun = dryRun;
  }

  /// Tells the plan; the last word when nothing is done after it.
  ExitCode planned(DriveRestorePlan plan) {
    return switch (plan) {
      case DriveRestorePlan.Refused refused -> refused(refused);
      case DriveRestorePlan.Ready ready -> ready(ready);
    };
  }

  private ExitCode refused(DriveRestorePlan.Refused refused) {
    console.line(
        console.style().sign(Symbol.FAILED)
            + " "
            + Printable.of(project.value() + " - " + refused.why()));
    console.line("Nothing was written. The archive in S3, if there is one: --from s3");
    console.document(
        "vat.restore/1",
        new RestoreDocument(
            repo,
            project.value(),
            null,
            null,
            source.where(),
            dryRun,
            "refused",
            refused.why(),
            null,
            true,
            0,
            0,
            null,
            0,
            0,
            List.of(),
            List.of()));
    return ExitCode.FAILED;
  }

  private ExitCode ready(DriveRestorePlan.Ready plan) {
    console.line(
        console.style().sign(Symbol.ARCHIVE)
            + " "
            + Printable.of(
                project.value()
                    + " from "
                    + source.where()
                    + " ("
                    + source.folder()
                    + ") to "
                    + plan.target()));
    if (!plan.copied().isEmpty()) {
      line(
          Symbol.NEXT,
          Counts.of(plan.copied().size(), "file") + " to copy, " + Sizes.of(plan.bytes()));
    }
    if (!plan.moved().isEmpty()) {
      line(
          Symbol.NEXT,
          Counts.of(plan.moved().size(), "light file")
              + " from archived/, proven equal, moved back");
    }
    if (plan.same() > 0) {
      line(Symbol.SAME, Counts.of(plan.same(), "file") + " here already, proven equal");
    }
    some(Symbol.WARNING, plan.conflicts().stream().map(c -> c.name() + " " + c.why()).toList());
    some(Symbol.WARNING, source.leftBehind().stream().map(r -> r.message()).toList());
    if (!plan.conflicts().isEmpty()) {
      console.line(
          "Nothing was written. Move what is in the way, or restore it elsewhere: --to FOLDER");
      document(plan, "conflict", null, 0, List.of());
      return ExitCode.CONFLICT;
    }
    if (dryRun) {
      console.line("Nothing was written (--dry-run).");
      document(
          plan,
          plan.isNothing() ? "there_already" : "planned",
          null,
          plan.moved().size(),
          List.of());
    }
    return ExitCode.DONE;
  }

  /// Tells that there was nothing to do.
  ExitCode nothing(DriveRestorePlan.Ready plan) {
    line(Symbol.DONE, "everything is here already, as on " + source.where());
    document(plan, "there_already", null, 0, List.of());
    return ExitCode.DONE;
  }

  /// Tells what became of it.
  ExitCode restored(DriveRestorePlan.Ready plan, DriveRestoring.Restored done) {
    List<String> problems =
        Stream.concat(
                done.copied().problems().stream().map(CopyProblem::message),
                done.damaged().stream()
                    .map(
                        name ->
                            name
                                + " on "
                                + source.where()
                                + " is not what its checksum history says: the drive's file is"
                                + " damaged, or was changed"))
            .toList();
    some(Symbol.FAILED, problems);
    if (!problems.isEmpty()) {
      console.line(
          plan.exists()
              ? "Not all of it is here. The archive in S3, if there is one: --from s3"
              : "Nothing became visible. The archive in S3, if there is one: --from s3");
      document(plan, "failed", problems.getFirst(), 0, List.of());
      List<ExitCode> exits = new ArrayList<>();
      done.copied().problems().forEach(problem -> exits.add(CopyReport.exit(problem)));
      if (!done.damaged().isEmpty()) {
        exits.add(ExitCode.VERIFICATION_FAILED);
      }
      return ExitCode.worst(exits);
    }
    line(
        Symbol.DONE,
        Counts.of(done.copied().files().size(), "file")
            + " restored from "
            + source.where()
            + ", read back and proven"
            + (done.moved() == 0
                ? ""
                : ", " + Counts.of(done.moved(), "light file") + " moved back"));
    some(
        Symbol.WARNING,
        done.notMoved().stream()
            .map(name -> name + " was changed meanwhile and stays in archived/")
            .toList());
    document(plan, "restored", null, done.moved(), done.notMoved());
    return done.isWhole() ? ExitCode.DONE : ExitCode.PARTLY;
  }

  private void some(Symbol symbol, List<String> texts) {
    texts.stream().limit(RestoreReport.MOST_SHOWN).forEach(text -> line(symbol, text));
    if (texts.size() > RestoreReport.MOST_SHOWN) {
      line(symbol, "and " + (texts.size() - RestoreReport.MOST_SHOWN) + " more");
    }
  }

  private void line(Symbol symbol, String text) {
    console.line("  " + console.style().sign(symbol) + " " + Printable.of(text));
  }

  private void document(
      DriveRestorePlan.Ready plan,
      String action,
      String message,
      int moved,
      List<RelativeName> notMoved) {
    console.document(
        "vat.restore/1",
        new RestoreDocument(
            repo,
            project.value(),
            null,
            null,
            source.where(),
            dryRun,
            action,
            message,
            plan.target().toString(),
            true,
            plan.copied().size(),
            plan.bytes(),
            null,
            moved,
            plan.same(),
            RestoreDocument.conflicts(plan.conflicts()),
            notMoved.stream().map(RelativeName::value).toList()));
  }
}
