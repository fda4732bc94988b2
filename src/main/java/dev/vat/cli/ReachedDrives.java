package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.DriveId;
import dev.vat.catalog.KnownDrive;
import dev.vat.catalog.SsdCopy;
import dev.vat.lifecycle.Drives;
import dev.vat.lifecycle.Located;
import dev.vat.project.Projects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The drives with copies that can be looked at now.
///
/// @param primary the one that `SSD_BASE` names, as it turned out
/// @param readable the primary one first
/// @param away other known drives that cannot be looked at
record ReachedDrives(
    Located primary, List<Located.Readable> readable, List<Located.Unusable> away) {
  ReachedDrives {
    readable = List.copyOf(readable);
    away = List.copyOf(away);
  }

  /// Looks now. A drive at `SSD_BASE` that has no id file yet gets one, where that is possible.
  ///
  /// @param dryRun whether nothing may be written to a drive
  static ReachedDrives look(
      Invocation invocation, CurrentRepository context, Catalog known, boolean dryRun)
      throws IOException {
    Drives drives = KnownDrives.of(invocation, context).drives();
    Located primary = drives.primary(known);
    if (primary instanceof Located.Unmarked found) {
      primary = marked(drives, found, known, dryRun);
    }
    List<Located.Readable> readable = new ArrayList<>();
    List<Located.Unusable> away = new ArrayList<>();
    if (primary instanceof Located.Readable there) {
      readable.add(there);
    }
    for (KnownDrive drive : known.drives().values()) {
      boolean isPrimary =
          primary instanceof Located.Readable there
              ? there.label().id().equals(drive.id())
              : known.primaryDrive().equals(Optional.of(drive.id()));
      if (!isPrimary) {
        switch (drives.located(drive, known)) {
          case Located.Readable there -> readable.add(there);
          case Located.Unusable not -> away.add(not);
        }
      }
    }
    return new ReachedDrives(primary, readable, away);
  }

  /// One that cannot be marked (write-protected) can be read all the same.
  private static Located marked(
      Drives drives, Located.Unmarked found, Catalog known, boolean dryRun) throws IOException {
    if (known.isStrange(Projects.onDrive(found.base()).ids())) {
      return new Located.Strange(found.base());
    }
    return !dryRun && drives.adopt(found) instanceof Located.Connected adopted ? adopted : found;
  }

  /// The id by which the manifest knows a drive; empty for one that cannot be marked.
  static Optional<DriveId> idOf(Located.Readable drive) {
    return drive instanceof Located.Connected ? Optional.of(drive.label().id()) : Optional.empty();
  }

  boolean isPrimary(Located.Readable drive) {
    return drive.equals(primary);
  }

  /// Whether the drive of a copy that the manifest knows is among those that can be looked at.
  boolean reaches(SsdCopy copy) {
    return readable.stream()
        .anyMatch(
            drive -> copy.drive().isEmpty() ? isPrimary(drive) : idOf(drive).equals(copy.drive()));
  }

  /// Why some drives cannot be looked at, for people.
  void tell(Console console) {
    List<Located.Unusable> all = new ArrayList<>();
    if (primary instanceof Located.Unusable not) {
      all.add(not);
    }
    all.addAll(away);
    for (Located.Unusable one : all) {
      if (one instanceof Located.NotSet) {
        console.note("SSD_BASE is not set, so no SSD was looked at (vat config shows how).");
      } else {
        console.warning(Printable.of(one.message() + " To do: " + one.remedy() + "."));
      }
    }
  }
}
