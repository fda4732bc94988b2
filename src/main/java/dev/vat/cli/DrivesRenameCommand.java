package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.DriveLabel;
import dev.vat.catalog.KnownDrive;
import dev.vat.lifecycle.Located;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `vat drives rename`.
@Command(
    name = "rename",
    description = "gives a connected drive another name, on the drive itself",
    footer = {"", "Example:", "  vat drives rename T7 \"T7 blue\""})
final class DrivesRenameCommand implements VatCommand {
  @Parameters(
      index = "0",
      paramLabel = "DRIVE",
      description = "its name or id, as vat drives shows")
  private String given;

  @Parameters(index = "1", paramLabel = "NAME", description = "what to call it from now on")
  private String name;

  @Mixin private DryRunOption changes;
  @Mixin private OutputOptions output;

  private record Document(boolean dryRun, String id, String name, String before) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CurrentRepository context = CurrentRepository.require(invocation);
    KnownDrives known = KnownDrives.of(invocation, context);
    Catalog catalog = known.file().read();
    String wanted = requireName(name);
    Located.Connected drive = DrivesAddCommand.connected(known.drives().named(given, catalog));
    if (catalog.drivesNamed(wanted).stream().anyMatch(d -> !d.id().equals(drive.drive().id()))) {
      throw CommandFailure.usage(
          "another drive is called " + Printable.of(wanted), "choose another name");
    }
    if (!changes.dryRun) {
      Located.Connected renamed =
          DrivesAddCommand.connected(known.drives().relabel(drive, drive.label().named(wanted)));
      KnownDrives.update(
          invocation,
          context,
          "vat drives rename",
          before -> {
            Optional<KnownDrive> old =
                Optional.ofNullable(before.drives().get(renamed.drive().id()));
            return before.withDrive(
                old.map(one -> one.named(renamed.drive().name())).orElse(renamed.drive()));
          });
    }
    Console console = invocation.console();
    console.line(
        (changes.dryRun ? "Would call " : console.style().sign(Symbol.DONE) + " ")
            + Printable.of(drive.label().name())
            + (changes.dryRun ? " " : " is now called ")
            + Printable.of(wanted));
    console.document(
        "vat.drives-rename/1",
        new Document(changes.dryRun, drive.drive().id().value(), wanted, drive.label().name()));
    return ExitCode.DONE;
  }

  /// @throws CommandFailure (usage) when no drive can be called that
  static String requireName(String text) {
    if (!DriveLabel.isName(text.strip())) {
      throw CommandFailure.usage(
          "\"" + Printable.of(text) + "\" cannot be a drive's name",
          "1 to 60 letters, digits and the like, not beginning with a dash");
    }
    return text.strip();
  }
}
