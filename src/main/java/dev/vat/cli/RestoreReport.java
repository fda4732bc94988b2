package dev.vat.cli;

import dev.vat.cloud.ObjectSummary;
import dev.vat.lifecycle.RestorePlan;
import dev.vat.lifecycle.Restoring;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.project.Sizes;
import java.util.List;

/// What `vat restore` prints: the plan, then what became of it.
final class RestoreReport {
  static final int MOST_SHOWN = 8;

  private final Console console;
  private final ArchiveAccess access;
  private final ProjectId project;
  private final ObjectSummary archive;
  private final boolean dryRun;

  RestoreReport(
      Console console,
      ArchiveAccess access,
      ProjectId project,
      ObjectSummary archive,
      boolean dryRun) {
    this.console = console;
    this.access = access;
    this.project = project;
    this.archive = archive;
    this.dryRun = dryRun;
  }

  /// Tells the plan; the last word when nothing is done after it.
  ///
  /// @param last whether it is a dry run
  ExitCode planned(RestorePlan plan, boolean last) {
    return switch (plan) {
      case RestorePlan.Refused refused -> refused(refused);
      case RestorePlan.Ready ready -> ready(ready, last);
    };
  }

  private ExitCode refused(RestorePlan.Refused refused) {
    console.line(
        console.style().sign(Symbol.FAILED)
            + " "
            + Printable.of(project.value())
            + " - "
            + Printable.of(refused.why()));
    console.line("Nothing was written.");
    console.document(
        "vat.restore/1",
        new RestoreDocument(
            access.context().repository().folderName(),
            project.value(),
            access.address(archive.key()),
            archive.storageClass().word(),
            null,
            dryRun,
            "refused",
            refused.why(),
            null,
            false,
            0,
            0,
            null,
            0,
            0,
            List.of(),
            List.of()));
    return ExitCode.FAILED;
  }

  private ExitCode ready(RestorePlan.Ready plan, boolean last) {
    console.line(
        console.style().sign(Symbol.ARCHIVE)
            + " "
            + Printable.of(project.value())
            + " from "
            + Printable.of(access.address(archive.key()))
            + " to "
            + Printable.of(plan.target().toString()));
    if (!plan.fetched().isEmpty()) {
      line(
          Symbol.DOWNLOAD,
          Counts.of(plan.fetched().size(), "file")
              + " to download, "
              + Sizes.of(plan.bytes())
              + names(plan.fetched().stream().map(RestorePlan.Fetched::name).toList()));
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
    plan.conflicts().stream()
        .limit(MOST_SHOWN)
        .forEach(conflict -> line(Symbol.WARNING, conflict.name() + " " + conflict.why()));
    if (plan.conflicts().size() > MOST_SHOWN) {
      line(Symbol.WARNING, "and " + (plan.conflicts().size() - MOST_SHOWN) + " more");
    }
    if (!plan.conflicts().isEmpty()) {
      console.line(
          "Nothing was written. Move what is in the way, or restore it elsewhere: --to FOLDER");
      document(plan, "conflict", null, List.of());
      return ExitCode.CONFLICT;
    }
    if (last) {
      console.line("Nothing was written (--dry-run).");
      document(plan, nothing(plan) ? "there_already" : "planned", null, List.of());
    }
    return ExitCode.DONE;
  }

  /// Tells what became of it.
  ExitCode restored(RestorePlan.Ready plan, Restoring.Restored done) {
    boolean nothing = nothing(plan);
    line(
        Symbol.DONE,
        nothing
            ? "everything is here already"
            : Counts.of(done.files(), "file")
                + " restored and proven ("
                + Sizes.of(done.fetchedBytes())
                + " downloaded)"
                + (done.moved() == 0
                    ? ""
                    : ", " + Counts.of(done.moved(), "light file") + " moved back"));
    done.notMoved().stream()
        .limit(MOST_SHOWN)
        .forEach(
            name -> line(Symbol.WARNING, name + " was changed meanwhile and stays in archived/"));
    document(plan, nothing ? "there_already" : "restored", done, done.notMoved());
    return done.notMoved().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
  }

  private static boolean nothing(RestorePlan.Ready plan) {
    return plan.fetched().isEmpty() && plan.moved().isEmpty();
  }

  private void line(Symbol symbol, String text) {
    console.line("  " + console.style().sign(symbol) + " " + Printable.of(text));
  }

  private static String names(List<RelativeName> names) {
    return names.size() > MOST_SHOWN
        ? ""
        : ": " + String.join(", ", names.stream().map(RelativeName::value).toList());
  }

  private void document(
      RestorePlan.Ready plan, String action, Restoring.Restored done, List<RelativeName> notMoved) {
    console.document(
        "vat.restore/1",
        new RestoreDocument(
            access.context().repository().folderName(),
            project.value(),
            access.address(archive.key()),
            archive.storageClass().word(),
            null,
            dryRun,
            action,
            null,
            plan.target().toString(),
            plan.whole(),
            plan.fetched().size(),
            plan.bytes(),
            done == null ? null : done.fetchedBytes(),
            plan.moved().size(),
            plan.same(),
            RestoreDocument.conflicts(plan.conflicts()),
            notMoved.stream().map(RelativeName::value).toList()));
  }
}
