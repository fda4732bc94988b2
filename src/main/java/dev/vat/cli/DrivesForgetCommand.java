package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.KnownDrive;
import dev.vat.lifecycle.Located;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `vat drives forget`: for a drive that was lost or sold. Touches the manifest alone.
@Command(
    name = "forget",
    description = "strikes a drive that is gone for good from the manifest; no file is touched",
    footer = {
      "",
      "Its copies count no more. If it turns up again: vat drives add PATH, then vat manifest."
    })
final class DrivesForgetCommand implements VatCommand {
  @Parameters(paramLabel = "DRIVE", description = "its name or id, as vat drives shows")
  private String given;

  @Mixin private ChangeOptions change;
  @Mixin private OutputOptions output;

  private record Document(
      boolean dryRun, boolean forgotten, String id, String name, List<String> lostProjects) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CurrentRepository context = CurrentRepository.require(invocation);
    KnownDrives known = KnownDrives.forLooking(invocation, context);
    Catalog catalog = known.file().read();
    List<KnownDrive> drives = catalog.drivesNamed(given);
    if (drives.size() != 1) {
      throw KnownDrives.failure((Located.Unusable) known.drives().named(given, catalog));
    }
    KnownDrive drive = drives.getFirst();
    List<String> lost =
        catalog.projects().values().stream()
            .filter(p -> p.isWholeNowhereBut(drive.id()))
            .map(p -> p.id().value())
            .toList();
    Console console = invocation.console();
    if (!lost.isEmpty()) {
      console.line("Nowhere else is a whole copy known of:");
      lost.forEach(id -> console.line("  " + Printable.of(id)));
    }
    boolean go =
        !change.dryRun
            && console
                .questions(change.yes)
                .confirm("Forget " + Printable.of(drive.name()) + " and what is on it?");
    if (go) {
      KnownDrives.update(
          invocation, context, "vat drives forget", before -> before.withoutDrive(drive.id()));
    }
    console.line(
        go
            ? console.style().sign(Symbol.DONE) + " " + Printable.of(drive.name()) + " is forgotten"
            : (change.dryRun ? "Would forget " : "Not forgotten: ") + Printable.of(drive.name()));
    console.document(
        "vat.drives-forget/1",
        new Document(change.dryRun, go, drive.id().value(), drive.name(), lost));
    return ExitCode.DONE;
  }
}
