package dev.vat.cli;

import dev.vat.disk.CopyProblem;
import dev.vat.lifecycle.DriveRestorePlan;
import dev.vat.lifecycle.DriveRestoring;
import dev.vat.lifecycle.DriveSource;
import dev.vat.lifecycle.RestorePlan;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.project.Sizes;
import dev.vat.project.TreeRemark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What `vat restore` prints when it takes a drive's copy: the plan, then what became of it.
final class DriveRestoreReport {
  private final Console console;
  private final String repo;
  private final ProjectId project;
  private final DriveSource source;
  private final boolean dryRun;
  private final String where;
  // What a failure that nothing follows says to programs.
  private RestoreDocument failure;

  DriveRestoreReport(
      Console console, String repo, ProjectId project, DriveSource source, boolean dryRun) {
    this.console = console;
    this.repo = repo;
    this.project = project;
    this.source = source;
    this.dryRun = dryRun;
    this.where = source.copy().where();
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
    console.line("Nothing was written.");
    console.document(
        "vat.restore/1",
        RestoreDocument.refused(repo, project, null, null, where, dryRun, refused.why()));
    return ExitCode.FAILED;
  }

  private ExitCode ready(DriveRestorePlan.Ready plan) {
    console.line(
        console.style().sign(Symbol.ARCHIVE)
            + " "
            + Printable.of(
                project.value()
                    + " from "
                    + where
                    + " ("
                    + source.copy().folder()
                    + ") to "
                    + plan.target()));
    if (!plan.copied().isEmpty()) {
      line(
          Symbol.NEXT,
          Counts.of(plan.copied().size(), "file") + " to copy, " + Sizes.of(plan.bytes()));
    }
    if (!plan.untold().isEmpty()) {
      line(
          Symbol.WARNING,
          Counts.of(plan.untold().size(), "file")
              + " not in its checksum history, so nothing proves what they have to be");
    }
    RestoreLines lines = new RestoreLines(console);
    lines.here(plan.moved().size(), plan.same(), plan.twice());
    lines.some(Symbol.WARNING, plan.conflicts().stream().map(RestorePlan.Conflict::text).toList());
    lines.some(
        Symbol.WARNING, source.copy().leftBehind().stream().map(TreeRemark::message).toList());
    if (!plan.conflicts().isEmpty()) {
      console.line(
          "Nothing was written. Move what is in the way, or restore it elsewhere: --to FOLDER");
      console.document("vat.restore/1", document(plan, "conflict", null, 0, List.of()));
      return ExitCode.CONFLICT;
    }
    if (dryRun) {
      console.line("Nothing was written (--dry-run).");
      console.document(
          "vat.restore/1",
          document(
              plan,
              plan.isNothing() ? "there_already" : "planned",
              null,
              plan.moved().size(),
              List.of()));
    }
    return ExitCode.DONE;
  }

  /// Tells that there was nothing to do.
  ExitCode nothing(DriveRestorePlan.Ready plan) {
    line(Symbol.DONE, "everything is here already, as on " + where);
    console.document("vat.restore/1", document(plan, "there_already", null, 0, List.of()));
    return ExitCode.DONE;
  }

  /// Tells what is wrong with the drive's copy. Another one may be taken after it, so that programs
  /// are told by [#failed].
  ///
  /// @return what is to be said when nothing else is found, without where else was looked
  CommandFailure damaged(DriveRestorePlan.Ready plan, DriveRestoring.Restored done) {
    List<String> problems =
        Stream.concat(
                done.damaged().stream()
                    .map(
                        name ->
                            name
                                + " on "
                                + where
                                + " is not what its checksum history says: the drive's file is"
                                + " damaged, or was changed"),
                done.copied().problems().stream().map(CopyProblem::message))
            .toList();
    new RestoreLines(console).some(Symbol.FAILED, problems);
    console.line(
        "Nothing of it became visible; what is good is kept for the next copy that is taken.");
    failure = document(plan, "failed", problems.getFirst(), 0, List.of());
    ExitCode exit =
        done.damaged().isEmpty()
            ? ExitCode.worst(
                done.copied().problems().stream().map(CopyReport::exit).distinct().toList())
            : ExitCode.VERIFICATION_FAILED;
    return new CommandFailure(
        exit,
        "damaged_copy",
        "not all of the copy on "
            + Printable.of(where)
            + " is good ("
            + Printable.of(problems.getFirst())
            + ")",
        "vat verify "
            + ShellWord.of(project.value())
            + " --repair takes a damaged file from another copy; what is good comes with vat restore "
            + ShellWord.of(project.value())
            + " --file PATH --to FOLDER");
  }

  /// Tells programs that it is the last word.
  ///
  /// @param cloud whether S3 is set up here
  void failed(boolean cloud) {
    if (cloud) {
      console.line("The archive in S3, if there is one: --from s3");
    }
    console.document("vat.restore/1", failure);
  }

  /// Tells what became of it, unless the drive's copy is to blame.
  ExitCode restored(DriveRestorePlan.Ready plan, DriveRestoring.Restored done) {
    List<String> problems = done.copied().problems().stream().map(CopyProblem::message).toList();
    RestoreLines lines = new RestoreLines(console);
    lines.some(Symbol.FAILED, problems);
    if (!problems.isEmpty()) {
      console.line("Nothing became visible; what came so far is kept for the next run.");
      console.document(
          "vat.restore/1", document(plan, "failed", problems.getFirst(), 0, List.of()));
      List<ExitCode> exits = new ArrayList<>();
      done.copied().problems().forEach(problem -> exits.add(CopyReport.exit(problem)));
      return ExitCode.worst(exits);
    }
    if (!done.visible()) {
      String message = lines.changed(done.notMoved());
      console.document("vat.restore/1", document(plan, "failed", message, 0, done.notMoved()));
      return ExitCode.PARTLY;
    }
    line(
        Symbol.DONE,
        Counts.of(done.copied().files().size(), "file")
            + " restored from "
            + where
            + (plan.untold().isEmpty()
                ? ", read back and proven"
                : " and read back; "
                    + plan.untold().size()
                    + " of them in no checksum history, so not proven")
            + (done.moved() == 0
                ? ""
                : ", " + Counts.of(done.moved(), "light file") + " moved back"));
    lines.stays(done.notMoved());
    lines.left(done.left());
    console.document(
        "vat.restore/1", document(plan, "restored", null, done.moved(), done.notMoved()));
    return done.notMoved().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
  }

  private void line(Symbol symbol, String text) {
    console.line("  " + console.style().sign(symbol) + " " + Printable.of(text));
  }

  private RestoreDocument document(
      DriveRestorePlan.Ready plan,
      String action,
      String message,
      int moved,
      List<RelativeName> notMoved) {
    return new RestoreDocument(
        repo,
        project.value(),
        null,
        null,
        where,
        dryRun,
        action,
        message,
        plan.target().toString(),
        plan.whole(),
        plan.copied().size(),
        plan.bytes(),
        plan.untold().size(),
        null,
        moved,
        plan.same(),
        plan.twice().stream().map(Path::toString).toList(),
        RestoreDocument.conflicts(plan.conflicts()),
        notMoved.stream().map(RelativeName::value).toList());
  }
}
