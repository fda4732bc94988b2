package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.KnownDrive;
import dev.vat.lifecycle.ArchiveTarget;
import dev.vat.lifecycle.Drives;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.ProjectCopy;
import dev.vat.lifecycle.VolumeOf;
import dev.vat.project.Project;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The drive that is archived to, and others that are connected.
final class ArchiveDrive {
  private final Path root;
  private final VolumeOf volumes;
  private final Drives drives;
  private final Catalog known;
  private final Located.Readable found;

  private ArchiveDrive(
      Path root, VolumeOf volumes, Drives drives, Catalog known, Located.Readable found) {
    this.root = root;
    this.volumes = volumes;
    this.drives = drives;
    this.known = known;
    this.found = found;
  }

  /// Finds it; unless nothing may be written, a drive that has no id file yet gets one.
  ///
  /// @param name of a known drive; empty for the one that `SSD_BASE` names
  /// @throws CommandFailure when it is not there, or it is not certain that it is the right one
  static ArchiveDrive find(
      Path root, VolumeOf volumes, KnownDrives manifest, Optional<String> name, boolean dryRun)
      throws IOException {
    Drives drives = manifest.drives();
    Catalog known = manifest.file().read();
    Located located = name.isPresent() ? drives.named(name.get(), known) : drives.primary(known);
    if (located instanceof Located.Unmarked there) {
      List<ProjectId> onDrive =
          Projects.onDrive(there.base()).projects().stream().map(Project::id).toList();
      located =
          known.isStrange(onDrive)
              ? new Located.Strange(there.base())
              : dryRun ? there : drives.adopt(there);
    }
    return switch (located) {
      case Located.Readable there -> new ArchiveDrive(root, volumes, drives, known, there);
      case Located.Unusable not -> throw KnownDrives.failure(not);
    };
  }

  /// That it is there still. What was connected when the command began may be a pocket's by now,
  /// and its folder one on another disk.
  ///
  /// @throws CommandFailure when it is not
  void requireConnected() {
    Located now = drives.at(found.base(), known);
    if (now instanceof Located.Readable there && there.label().id().equals(found.label().id())) {
      return;
    }
    throw KnownDrives.failure(
        now instanceof Located.Unusable not
            ? not
            : new Located.NotConnected(Optional.of(found.drive()), found.base()));
  }

  /// Before something is written to it: that the copies in its folder are this repository's.
  ///
  /// @throws CommandFailure when another one was faster
  void claim() {
    if (drives.claim(found, known) instanceof Located.Unusable not) {
      throw KnownDrives.failure(not);
    }
  }

  Located.Readable found() {
    return found;
  }

  ArchiveTarget target() throws IOException {
    boolean sameDisk = volumes.path(found.base()).equals(volumes.path(root));
    return new ArchiveTarget(
        found.label().name(),
        found.base(),
        sameDisk
            ? Optional.of(
                "The copy is on this computer's own disk (SSD_SAME_DISK_OK), where it protects"
                    + " nothing.")
            : Optional.empty());
  }

  /// The drives that a project is known to be on.
  List<String> namesOf(ProjectId project) {
    return Optional.ofNullable(known.projects().get(project)).stream()
        .flatMap(entry -> entry.ssd().stream())
        .map(known::driveName)
        .toList();
  }

  /// Copies on other known drives that are connected now.
  List<ProjectCopy> others(ProjectId project) {
    List<ProjectCopy> others = new ArrayList<>();
    if (!known.projects().containsKey(project)) {
      return others;
    }
    for (KnownDrive drive : known.drives().values()) {
      if (!drive.id().equals(found.label().id())
          && drives.located(drive, known) instanceof Located.Connected there) {
        known
            .projects()
            .get(project)
            .on(drive.id())
            .ifPresent(
                copy ->
                    others.add(new ProjectCopy(drive.name(), there.base().resolve(copy.path()))));
      }
    }
    return others;
  }
}
