package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.lifecycle.BackupPlan;
import dev.vat.lifecycle.BackupRelease;
import dev.vat.lifecycle.CopySource;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.ReleasingFolder;
import dev.vat.project.FileKinds;
import dev.vat.project.Project;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectListing;
import dev.vat.project.ProjectPlace;
import dev.vat.project.Projects;
import dev.vat.project.RangeChoice;
import dev.vat.project.RangeFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The folders that a project's backup can be made of.
final class BackupSources {
  private final Invocation invocation;
  private final CurrentRepository context;
  private final FileKinds kinds;
  private final BackupRelease release;
  private final BackupCommand.Wishes wishes;
  private final ProjectListing here;
  private final Catalog catalog;
  private final ReachedDrives drives;

  /// Looks which drives are there.
  BackupSources(
      Invocation invocation,
      CurrentRepository context,
      FileKinds kinds,
      BackupRelease release,
      ProjectListing here,
      Catalog catalog,
      BackupCommand.Wishes wishes)
      throws IOException {
    this.invocation = invocation;
    this.context = context;
    this.kinds = kinds;
    this.release = release;
    this.wishes = wishes;
    this.here = here;
    this.catalog = catalog;
    this.drives = ReachedDrives.look(invocation, context, catalog, wishes.dryRun());
  }

  /// A folder, and the drive that it is on; none for one here.
  record Source(CopySource copy, Optional<Located.Readable> drive) {}

  /// Those that can be reached: on drives first, since finished projects are there.
  List<Source> of(ProjectId project) throws IOException {
    List<Source> sources = new ArrayList<>();
    if (!wishes.place().equals(Optional.of(BackupCommand.Place.local))) {
      for (Located.Readable drive : drives.readable()) {
        bringBack(project, drive);
        if (new RangeFolders(drive.base()).of(project) instanceof RangeChoice.Holds(Path folder)) {
          sources.add(
              new Source(
                  CopySource.at(drive.label().name(), folder, true, kinds), Optional.of(drive)));
        }
      }
    }
    if (!wishes.place().equals(Optional.of(BackupCommand.Place.ssd))) {
      for (Path folder : flat(project)) {
        sources.add(new Source(CopySource.at("local", folder, false, kinds), Optional.empty()));
      }
    }
    return sources;
  }

  private List<Path> flat(ProjectId project) {
    return here.find(project).stream()
        .map(Project::places)
        .flatMap(List::stream)
        .filter(ProjectPlace.Flat.class::isInstance)
        .map(ProjectPlace::folder)
        .toList();
  }

  /// What a release that was cut had taken aside on the drive.
  private void bringBack(ProjectId project, Located.Readable drive) throws IOException {
    Path folder =
        switch (new RangeFolders(drive.base()).of(project)) {
          case RangeChoice.Holds(Path held) -> held;
          case RangeChoice.Free(Path free) -> free;
          case RangeChoice.InTheWay _, RangeChoice.Several _ -> null;
        };
    if (folder == null) {
      return;
    }
    if (wishes.dryRun()) {
      if (release.isAside(project, folder)) {
        invocation
            .console()
            .warning(
                "An earlier run was cut while it released files of it on "
                    + Printable.of(drive.label().name())
                    + "; they come back first, and are not in this plan.");
      }
      return;
    }
    for (ReleasingFolder.BroughtBack back : release.bringBack(project, folder)) {
      invocation
          .console()
          .note(
              "An earlier run was cut before it deleted this; it is back: "
                  + Printable.of(back.place().toString()));
    }
  }

  /// Why what can be reached is no whole copy, by what the manifest knows of drives that are away.
  ///
  /// @param stored whether S3 has it: then a project that is nowhere else lacks nothing
  Optional<BackupPlan.Refused> lacking(ProjectId project, List<Source> sources, boolean stored) {
    Optional<ProjectEntry> entry = Optional.ofNullable(catalog.projects().get(project));
    List<SsdCopy> away =
        entry.stream()
            .flatMap(one -> one.ssd().stream())
            .filter(copy -> !drives.reaches(copy))
            .toList();
    String names = away.stream().map(catalog::driveName).collect(Collectors.joining(", "));
    if (sources.isEmpty() && stored && away.isEmpty()) {
      return Optional.empty();
    }
    if (sources.isEmpty()) {
      return Optional.of(
          refused(
              project,
              away.isEmpty()
                  ? "no whole folder of it can be reached"
                  : "it is on " + names + ", which is not connected",
              away.isEmpty()
                  ? "vat list shows where it is; light files in archived/ are not the project"
                  : "connect " + names + " and run it again"));
    }
    boolean onDrive = sources.stream().anyMatch(source -> source.drive().isPresent());
    boolean hasLess =
        !onDrive
            && away.stream()
                .anyMatch(copy -> sources.stream().allMatch(one -> isMore(copy, one.copy())));
    return hasLess
        ? Optional.of(
                refused(
                    project,
                    "the folder here has less than the copy on "
                        + names
                        + ", which is not connected",
                    "connect " + names + " and run it again; --place local stores the folder here"))
            .filter(_ -> wishes.place().isEmpty())
        : Optional.empty();
  }

  private static BackupPlan.Refused refused(ProjectId project, String message, String remedy) {
    return new BackupPlan.Refused(project, BackupPlan.Reason.NO_SOURCE, message, List.of(), remedy);
  }

  private static boolean isMore(SsdCopy copy, CopySource here) {
    return copy.totals()
        .filter(there -> there.files() > here.files().size() || there.bytes() > here.bytes())
        .isPresent();
  }

  /// The projects on the drives that are there, whether or not the manifest knows of them.
  Set<ProjectId> onDrives() throws IOException {
    Set<ProjectId> ids = new TreeSet<>();
    for (Located.Readable drive : drives.readable()) {
      ids.addAll(Projects.onDrive(drive.base()).ids());
    }
    return ids;
  }
}
