package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.KnownDrive;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.RestoreWish;
import dev.vat.project.ProjectId;
import dev.vat.project.RangeChoice;
import dev.vat.project.RangeFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A drive that a project is restored onto.
final class RestoreDrive {
  static final String SSD = "ssd";

  private final ArchiveDrive drive;

  private RestoreDrive(ArchiveDrive drive) {
    this.drive = drive;
  }

  /// The drive that `--to` means: `ssd`, a known drive's name, or a folder that is a drive's folder
  /// for copies, or in it.
  ///
  /// @param to as typed
  /// @return empty when it means no drive
  /// @throws CommandFailure when it does, and the drive is not there, or it is not certain that it
  ///     is the one
  static Optional<RestoreDrive> of(
      Invocation invocation, CurrentRepository context, String to, boolean dryRun)
      throws IOException {
    if (to.equals(RestoreTarget.LOCAL)) {
      return Optional.empty();
    }
    KnownDrives known = KnownDrives.of(invocation, context);
    Path folder = new RestoreTarget(invocation, context).folder(to);
    Optional<String> name = Optional.empty();
    if (!to.equals(SSD)) {
      Catalog catalog = known.file().read();
      name =
          Files.isDirectory(folder)
              ? holding(folder, known, catalog)
              : catalog.drivesNamed(to).stream().map(KnownDrive::name).findFirst();
      Optional<Path> ssd = known.places().ssdBase().map(Path::of);
      if (name.isEmpty() && (ssd.isEmpty() || !isIn(folder, ssd.get()))) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new RestoreDrive(
            ArchiveDrive.find(
                context.repository().root(),
                invocation.services().volumeOf(),
                known,
                name,
                dryRun)));
  }

  private static Optional<String> holding(Path folder, KnownDrives known, Catalog catalog)
      throws IOException {
    for (KnownDrive drive : catalog.drives().values()) {
      if (known.drives().located(drive, catalog) instanceof Located.Connected there
          && isIn(folder, there.base())) {
        return Optional.of(drive.name());
      }
    }
    return Optional.empty();
  }

  /// Also where one of them is reached through a link.
  private static boolean isIn(Path folder, Path base) throws IOException {
    return Files.exists(folder) && Files.exists(base)
        ? folder.toRealPath().startsWith(base.toRealPath())
        : folder.startsWith(base);
  }

  /// That it is there still.
  void requireConnected() {
    drive.requireConnected();
  }

  /// That the copies in its folder are this repository's, before one is written there.
  void claim() {
    drive.claim();
  }

  Located.Readable found() {
    return drive.found();
  }

  /// Where a project is on it, or goes.
  ///
  /// @throws CommandFailure (conflict) when something else is there
  RestoreWish wish(ProjectId project) throws IOException {
    return switch (new RangeFolders(found().base()).of(project)) {
      case RangeChoice.Holds(Path folder) -> wish(project, folder);
      case RangeChoice.Free(Path folder) -> wish(project, folder);
      case RangeChoice.InTheWay(Path path, String what) ->
          throw new CommandFailure(
              ExitCode.CONFLICT,
              "in_the_way",
              Printable.of(path + " " + what),
              "rename it or move it elsewhere; nothing was changed");
      case RangeChoice.Several(List<Path> folders) ->
          throw new CommandFailure(
              ExitCode.CONFLICT,
              "in_the_way",
              Printable.of(
                  project
                      + " is there more than once: "
                      + folders.stream().map(Path::toString).collect(Collectors.joining(", "))),
              "look which one is right and move the other elsewhere; nothing was changed");
    };
  }

  private static RestoreWish wish(ProjectId project, Path folder) {
    return new RestoreWish(project, folder, List.of(), new RestoreWish.Part.Whole());
  }
}
