package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.DriveId;
import dev.vat.catalog.KnownDrive;
import dev.vat.catalog.ProjectEntry;
import dev.vat.lifecycle.Drives;
import dev.vat.lifecycle.Located;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Another folder for copies on a drive that is known with one already. A drive has one: what is in
/// the other counts no more.
///
/// @param before the drive with the folder that is known
/// @param base the folder that was typed
/// @param lost the projects whose known copies are not in that one
record DriveFolder(KnownDrive before, Path base, List<ProjectId> lost) {
  DriveFolder {
    lost = List.copyOf(lost);
  }

  /// @param drive its id, as it is going to be: one whose id file was lost shows none
  /// @return empty when the drive is new, or this is the folder that is known
  /// @throws CommandFailure when the drive is the SSD, whose folder is a setting
  static Optional<DriveFolder> of(
      Catalog known, Drives drives, Located.Readable found, DriveId drive) throws IOException {
    KnownDrive before = known.drives().get(drive);
    if (before == null || before.base().equals(found.drive().base())) {
      return Optional.empty();
    }
    if (known.primaryDrive().equals(Optional.of(before.id()))
        && drives.primary(known) instanceof Located.Connected ssd
        && !Files.isSameFile(ssd.base(), found.base())) {
      throw CommandFailure.usage(
          Printable.of(before.name())
              + " is the SSD already, and its folder for copies is the one that SSD_BASE names: "
              + Printable.of(ssd.base().toString()),
          "to use "
              + Printable.of(found.base().toString())
              + " instead, move the copies there and set SSD_BASE to it (vat config shows where);"
              + " nothing was changed");
    }
    List<ProjectId> lost = new ArrayList<>();
    for (ProjectEntry project : known.projects().values()) {
      if (project
          .on(before.id())
          .filter(
              copy ->
                  !Files.isDirectory(found.base().resolve(copy.path()), LinkOption.NOFOLLOW_LINKS))
          .isPresent()) {
        lost.add(project.id());
      }
    }
    return Optional.of(new DriveFolder(before, found.base(), lost));
  }

  /// Says what changes.
  void tell(Console console) {
    console.line(
        Printable.of(before.name())
            + " is known already, with the folder "
            + Printable.of(before.lastPath())
            + "; a drive has one folder for copies.");
    if (!lost.isEmpty()) {
      console.line(
          "Copies that are known in that folder and are not in "
              + Printable.of(base.toString())
              + ". They would not count any more, nor when they were verified:");
      lost.forEach(id -> console.line("  " + Printable.of(id.value())));
      console.line("To keep them, move their folders there first, or keep the folder as it is.");
    }
  }

  /// What is asked before they are given up; empty when nothing is.
  Optional<String> question() {
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Take "
                + Printable.of(base.toString())
                + " for "
                + Printable.of(before.name())
                + " all the same, without "
                + Counts.of(lost.size(), "known copy", "known copies")
                + "?");
  }
}
