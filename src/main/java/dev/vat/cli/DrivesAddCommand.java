package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.DriveLabel;
import dev.vat.catalog.KnownDrive;
import dev.vat.lifecycle.Drives;
import dev.vat.lifecycle.Located;
import dev.vat.project.Sizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat drives add`: takes up a drive for second copies, or one whose folder or id changed.
@Command(
    name = "add",
    description = "takes up one more drive, or one again whose folder moved or whose id was lost",
    footer = {
      "",
      "Writes one small file (.vat-drive.json) to the drive, and replaces nothing that is there.",
      "",
      "Examples:",
      "  vat drives add /Volumes/T8/youtube",
      "  vat drives add D:\\youtube --name \"T8 blue\""
    })
final class DrivesAddCommand implements VatCommand {
  @Parameters(arity = "1", paramLabel = "PATH", description = "the folder for copies on the drive")
  private String typed;

  @Option(names = "--name", paramLabel = "NAME", description = "what to call it")
  private String name;

  @Option(
      names = "--new-id",
      description = "it is a copy of another drive: give it an id of its own")
  private boolean newId;

  @Mixin private ChangeOptions changes;
  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  /// What is going to be done: a step that writes, and what it is called.
  private record Plan(DriveLabel label, String what, Step step) {
    interface Step {
      Located apply();
    }
  }

  private record Document(
      boolean dryRun, String id, String name, String path, String what, long freeBytes) {}

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CurrentRepository context = CurrentRepository.require(invocation);
    KnownDrives known = KnownDrives.of(invocation, context);
    Catalog catalog = known.file().read();
    Path path = invocation.surroundings().resolve(typed);
    Plan plan = plan(known.drives(), catalog, path);
    checkName(plan.label(), catalog);
    Console console = invocation.console();
    Optional<DriveFolder> another =
        newId ? Optional.empty() : another(known.drives(), catalog, path, plan);
    another.ifPresent(folder -> folder.tell(console));
    if (changes.dryRun) {
      console.line(
          Printable.of(plan.label().name())
              + " at "
              + Printable.of(path.toString())
              + ": would be "
              + plan.what());
      console.document("vat.drives-add/1", document(plan, path, path.toFile().getUsableSpace()));
      return ExitCode.DONE;
    }
    Optional<String> question = another.flatMap(DriveFolder::question);
    if (question.isPresent() && !console.questions(changes.yes).confirm(question.get())) {
      console.line("Nothing was changed.");
      console.document("vat.drives-add/1", document(plan, path, path.toFile().getUsableSpace()));
      return ExitCode.DONE;
    }
    Located.Connected added = connected(plan.step().apply());
    KnownDrive drive = added.drive();
    KnownDrives.update(
        invocation,
        context,
        "vat drives add",
        before -> {
          Optional<KnownDrive> old = Optional.ofNullable(before.drives().get(drive.id()));
          return before.withDrive(
              old.flatMap(KnownDrive::lastSeenAt).map(drive::seen).orElse(drive));
        });
    console.line(
        console.style().sign(Symbol.DONE)
            + " "
            + Printable.of(drive.name())
            + " "
            + plan.what()
            + ": "
            + Printable.of(drive.lastPath())
            + ", "
            + Sizes.of(drive.freeBytes().orElse(0))
            + " free");
    if (added.onRepositoryVolume()) {
      console.warning(
          "It is on the repository's own disk: good for trying things, and no second copy."
              + " Nothing is ever released because of what is on it.");
    }
    console.line(
        "What is on it: vat manifest. A second copy of a project: vat copy PROJECT --to "
            + Printable.of(ShellWord.of(drive.name())));
    console.document("vat.drives-add/1", document(plan, path, drive.freeBytes().orElse(0)));
    return ExitCode.DONE;
  }

  private static Optional<DriveFolder> another(Drives drives, Catalog catalog, Path path, Plan plan)
      throws IOException {
    return drives.at(path, catalog) instanceof Located.Readable there
        ? DriveFolder.of(catalog, drives, there, plan.label().id())
        : Optional.empty();
  }

  private Document document(Plan plan, Path path, long free) {
    return new Document(
        changes.dryRun,
        plan.label().id().value(),
        plan.label().name(),
        path.toString(),
        plan.what(),
        free);
  }

  private Plan plan(Drives drives, Catalog known, Path path) {
    Located found = drives.at(path, known);
    if (newId) {
      Located.Connected copy = drives.showing(path).orElseThrow(() -> notMarked(found, path));
      DriveLabel fresh =
          drives.freshLabel(
              name == null ? Drives.freeName(copy.label().name(), known) : requireName());
      return new Plan(fresh, "given an id of its own", () -> drives.relabel(copy, fresh));
    }
    return switch (found) {
      case Located.Unmarked there -> {
        Optional<KnownDrive> lost = drives.knownByVolume(there, known);
        if (lost.isPresent()) {
          DriveLabel again = drives.labelAgain(named(lost.get()));
          yield new Plan(
              again,
              "known by its volume, and its id file written again",
              () -> drives.adopt(there, again));
        }
        DriveLabel fresh = name == null ? there.label() : there.label().named(requireName());
        yield new Plan(fresh, "taken up", () -> drives.adopt(there, fresh));
      }
      case Located.Connected there -> {
        KnownDrive drive = there.drive();
        if (drives.located(drive, known.withDrive(drive)) instanceof Located.Cloned both) {
          throw KnownDrives.failure(both);
        }
        DriveLabel label = name == null ? there.label() : there.label().named(requireName());
        yield new Plan(
            label,
            "taken up with the id that it has",
            () -> label.equals(there.label()) ? there : drives.relabel(there, label));
      }
      case Located.NotConnected _ ->
          throw new CommandFailure(
              ExitCode.UNAVAILABLE,
              "drive_unavailable",
              "there is no folder " + Printable.of(path.toString()),
              "plug the drive in, and make the folder for the copies on it first");
      case Located.Unusable not -> throw KnownDrives.failure(not);
    };
  }

  private static CommandFailure notMarked(Located found, Path path) {
    return switch (found) {
      case Located.Readable _ ->
          CommandFailure.usage(
              Printable.of(path.toString()) + " shows no id that could be replaced",
              "take it up without --new-id");
      case Located.Unusable not -> KnownDrives.failure(not);
    };
  }

  private KnownDrive named(KnownDrive drive) {
    return name == null ? drive : drive.named(requireName());
  }

  private String requireName() {
    return DrivesRenameCommand.requireName(name);
  }

  private static void checkName(DriveLabel label, Catalog known) {
    boolean taken =
        known.drivesNamed(label.name()).stream().anyMatch(drive -> !drive.id().equals(label.id()));
    if (taken) {
      throw CommandFailure.usage(
          "another drive is called " + Printable.of(label.name()),
          "give this one another name: --name \""
              + Printable.of(Drives.freeName(label.name(), known))
              + "\"");
    }
  }

  static Located.Connected connected(Located located) {
    return switch (located) {
      case Located.Connected there -> there;
      case Located.Unmarked there ->
          throw new IllegalStateException(there.base() + " is still without its id");
      case Located.Unusable not -> throw KnownDrives.failure(not);
    };
  }
}
