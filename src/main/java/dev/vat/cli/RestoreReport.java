package dev.vat.cli;

import dev.vat.cloud.ObjectSummary;
import dev.vat.cost.Amount;
import dev.vat.cost.PricedClass;
import dev.vat.cost.Prices;
import dev.vat.lifecycle.RestorePlan;
import dev.vat.lifecycle.Restoring;
import dev.vat.lifecycle.RestoringToDrive;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.project.Sizes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What `vat restore` prints: the plan, then what became of it.
final class RestoreReport {
  private final Console console;
  private final ArchiveAccess access;
  private final ProjectId project;
  private final ObjectSummary archive;
  private final boolean dryRun;
  private final Optional<Prices> prices;

  /// @param prices where the archive is, when they are known
  RestoreReport(
      Console console,
      ArchiveAccess access,
      ProjectId project,
      ObjectSummary archive,
      boolean dryRun,
      Optional<Prices> prices) {
    this.prices = prices;
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
        RestoreDocument.refused(
            access.context().repository().folderName(),
            project,
            access.address(archive.key()),
            archive.storageClass().word(),
            null,
            dryRun,
            refused.why()));
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
      prices
          .map(at -> downloading(at, plan.bytes()))
          .ifPresent(
              amount ->
                  console.line(
                      "    "
                          + Dollars.of(amount)
                          + " for leaving Amazon, after the 100 GB that are free each month"
                          + Dollars.basis(amount)));
    }
    RestoreLines lines = new RestoreLines(console);
    lines.here(plan.moved().size(), plan.same(), plan.twice());
    lines.some(Symbol.WARNING, plan.conflicts().stream().map(RestorePlan.Conflict::text).toList());
    if (!plan.conflicts().isEmpty()) {
      console.line(
          "Nothing was written. Move what is in the way, or restore it elsewhere: --to FOLDER");
      document(plan, "conflict", null, null, List.of());
      return ExitCode.CONFLICT;
    }
    if (last) {
      console.line("Nothing was written (--dry-run).");
      document(plan, plan.isNothing() ? "there_already" : "planned", null, null, List.of());
    }
    return ExitCode.DONE;
  }

  private Amount downloading(Prices at, long bytes) {
    Amount reading =
        PricedClass.named(archive.storageClass().word())
            .map(in -> at.reading(in, bytes))
            .orElse(Amount.NOTHING);
    return at.download(bytes, 0).plus(reading);
  }

  /// Tells what became of it.
  ExitCode restored(RestorePlan.Ready plan, Restoring.Restored done) {
    return restored(plan, done, Optional.empty());
  }

  /// The same onto a drive.
  ///
  /// @param drive its name
  ExitCode restored(RestorePlan.Ready plan, RestoringToDrive.Outcome.Done done, String drive) {
    ExitCode exit = restored(plan, done.restored(), Optional.of(drive));
    if (done.historyAnew()) {
      console.note(
          "  The checksum history in the archive tells of an earlier state of the project; the copy's"
              + " own begins with what was restored.");
    }
    if (!done.pastCache()) {
      console.warning(CopyReport.NOT_PROVEN);
    }
    return exit;
  }

  /// Tells why nothing got its name on a drive.
  ExitCode failed(RestorePlan.Ready plan, RestoringToDrive.Outcome.Failed failed, String drive) {
    List<String> problems =
        Stream.concat(
                failed.damaged().stream()
                    .map(
                        name ->
                            name
                                + " came back from "
                                + drive
                                + " with another content than was written, and was removed: check"
                                + " the drive and its cable, then run it again"),
                failed.otherwise().stream()
                    .map(
                        name ->
                            name
                                + " in the archive is not what the checksum history on "
                                + drive
                                + " says of it"))
            .toList();
    new RestoreLines(console).some(Symbol.FAILED, problems);
    console.line("Nothing became visible on " + Printable.of(drive) + ".");
    document(plan, "failed", problems.getFirst(), null, List.of());
    return ExitCode.VERIFICATION_FAILED;
  }

  private ExitCode restored(
      RestorePlan.Ready plan, Restoring.Restored done, Optional<String> drive) {
    RestoreLines lines = new RestoreLines(console);
    if (!done.visible()) {
      String message = lines.changed(done.notMoved());
      document(plan, "failed", message, done, done.notMoved());
      return ExitCode.PARTLY;
    }
    line(
        Symbol.DONE,
        plan.isNothing()
            ? "everything is " + drive.map(name -> "on " + name).orElse("here") + " already"
            : Counts.of(done.files(), "file")
                + " restored and proven ("
                + Sizes.of(done.fetchedBytes())
                + " downloaded)"
                + drive
                    .map(name -> ", read back from " + name + ", checksums recorded (ascmhl/)")
                    .orElse("")
                + (done.moved() == 0
                    ? ""
                    : ", " + Counts.of(done.moved(), "light file") + " moved back"));
    lines.stays(done.notMoved());
    lines.left(done.left());
    document(plan, plan.isNothing() ? "there_already" : "restored", null, done, done.notMoved());
    return done.notMoved().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
  }

  private void line(Symbol symbol, String text) {
    console.line("  " + console.style().sign(symbol) + " " + Printable.of(text));
  }

  private static String names(List<RelativeName> names) {
    return names.size() > RestoreLines.MOST_SHOWN
        ? ""
        : ": " + String.join(", ", names.stream().map(RelativeName::value).toList());
  }

  private void document(
      RestorePlan.Ready plan,
      String action,
      String message,
      Restoring.Restored done,
      List<RelativeName> notMoved) {
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
            message,
            plan.target().toString(),
            plan.whole(),
            plan.fetched().size(),
            plan.bytes(),
            0,
            done == null ? null : done.fetchedBytes(),
            done == null ? plan.moved().size() : done.moved(),
            plan.same(),
            plan.twice().stream().map(Path::toString).toList(),
            RestoreDocument.conflicts(plan.conflicts()),
            notMoved.stream().map(RelativeName::value).toList()));
  }
}
