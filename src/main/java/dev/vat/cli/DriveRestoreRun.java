package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.TreeCopy;
import dev.vat.lifecycle.CopySource;
import dev.vat.lifecycle.DriveRestorePlan;
import dev.vat.lifecycle.DriveRestoring;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.RestoreWish;
import dev.vat.mhl.MhlException;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import dev.vat.project.RangeChoice;
import dev.vat.project.RangeFolders;
import dev.vat.project.RelativeName;
import dev.vat.settings.Limits;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Restores one project from a connected drive, where one has a whole copy of it.
final class DriveRestoreRun {
  private final Invocation invocation;
  private final CurrentRepository context;
  private final boolean dryRun;
  private final boolean only;
  private final FileKinds kinds;
  private final DriveRestoring restoring;

  /// @param only whether no other place will do
  DriveRestoreRun(Invocation invocation, CurrentRepository context, boolean dryRun, boolean only) {
    this.invocation = invocation;
    this.context = context;
    this.dryRun = dryRun;
    this.only = only;
    this.kinds = new FileKinds(new Limits(context.settings()).heavyFileBytes());
    this.restoring =
        new DriveRestoring(
            TreeCopy.ofThisSystem(), FilePlacement.ofThisSystem(), invocation.console().progress());
  }

  /// @param word the project, as typed
  /// @param to where to
  /// @return empty when no connected drive has a whole copy, and another place will do
  Optional<ExitCode> of(String word, String to) throws IOException {
    Catalog catalog = KnownDrives.of(invocation, context).file().read();
    ReachedDrives drives = ReachedDrives.look(invocation, context, catalog, dryRun);
    TreeSet<ProjectId> ids = new TreeSet<>(new Projects(context.repository()).list().ids());
    ids.addAll(catalog.projects().keySet());
    for (Located.Readable drive : drives.readable()) {
      ids.addAll(Projects.onDrive(drive.base()).ids());
    }
    Optional<ProjectId> found =
        only
            ? Optional.of(ChosenProject.among(word, ids, context))
            : ChosenProject.found(word, ids, context);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ProjectId project = found.get();
    Optional<CopySource> source = source(project, drives, catalog);
    if (source.isPresent()) {
      return Optional.of(from(source.get(), project, to));
    }
    lacking(project, drives, catalog);
    return Optional.empty();
  }

  private ExitCode from(CopySource source, ProjectId project, String to) throws IOException {
    DriveRestoreReport report =
        new DriveRestoreReport(
            invocation.console(), context.repository().folderName(), project, source, dryRun);
    if (dryRun) {
      return report.planned(plan(source, project, to));
    }
    try (ProjectLock _ = context.lock(invocation, project, RestoreRun.NAME)) {
      DriveRestorePlan plan = plan(source, project, to);
      ExitCode planned = report.planned(plan);
      if (!(plan instanceof DriveRestorePlan.Ready ready) || !ready.conflicts().isEmpty()) {
        return planned;
      }
      if (ready.isNothing()) {
        return report.nothing(ready);
      }
      DriveRestoring.Restored restored = restoring.run(ready);
      new ArchiveManifest(invocation, context).update(RestoreRun.NAME, (seen, _) -> seen);
      return report.restored(ready, restored);
    }
  }

  private DriveRestorePlan plan(CopySource source, ProjectId project, String to)
      throws IOException {
    RestoreWish wish =
        new RestoreTarget(invocation, context).of(project, to, new RestoreWish.Part.Whole());
    return restoring.plan(wish, source);
  }

  /// The first whole copy; those that are not are told of.
  private Optional<CopySource> source(ProjectId project, ReachedDrives drives, Catalog catalog)
      throws IOException {
    for (Located.Readable drive : drives.readable()) {
      if (new RangeFolders(drive.base()).of(project) instanceof RangeChoice.Holds(Path folder)) {
        CopySource source = CopySource.at(drive.label().name(), folder, true, kinds);
        Optional<String> lacks = lacks(source, copies(catalog, project));
        if (lacks.isEmpty()) {
          return Optional.of(source);
        }
        invocation
            .console()
            .warning(
                Printable.of(
                    "The copy on " + source.where() + " is not taken: " + lacks.get() + "."));
      }
    }
    return Optional.empty();
  }

  /// Why a copy cannot count as whole.
  private static Optional<String> lacks(CopySource source, List<SsdCopy> known) throws IOException {
    List<RelativeName> missing;
    try {
      missing = DriveRestoring.lacking(source);
    } catch (MhlException untrusted) {
      return Optional.of("its checksum history cannot be trusted: " + untrusted.getMessage());
    }
    if (!missing.isEmpty()) {
      return Optional.of(
          "its checksum history tells of "
              + missing.getFirst()
              + (missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " more")
              + ", and the copy does not have that");
    }
    int files = source.files().size();
    return known.stream()
        .flatMap(copy -> copy.totals().stream())
        .filter(totals -> totals.files() > files)
        .findFirst()
        .map(totals -> "it has " + files + " files, and projects.json knows of " + totals.files());
  }

  private static List<SsdCopy> copies(Catalog catalog, ProjectId project) {
    return Optional.ofNullable(catalog.projects().get(project))
        .map(ProjectEntry::ssd)
        .map(List::copyOf)
        .orElse(List.of());
  }

  /// Tells which drive would have it.
  private void lacking(ProjectId project, ReachedDrives drives, Catalog catalog) {
    String away =
        copies(catalog, project).stream()
            .filter(copy -> !drives.reaches(copy))
            .map(catalog::driveName)
            .collect(Collectors.joining(", "));
    String name = Printable.of(project.value());
    if (!away.isEmpty() && !only) {
      invocation
          .console()
          .note(name + " is also on " + Printable.of(away) + ", which is not connected.");
    } else if (!away.isEmpty()) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "drive_unavailable",
          name + " is on " + Printable.of(away) + ", which is not connected",
          "connect " + Printable.of(away) + " and run it again, or take the archive: --from s3");
    } else if (only) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "no_copy",
          "no connected drive has a whole copy of " + name,
          "vat show " + ShellWord.of(project.value()) + " tells where it is");
    }
  }
}
