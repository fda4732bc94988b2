package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.TreeTotals;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.TreeCopy;
import dev.vat.lifecycle.DriveRestorePlan;
import dev.vat.lifecycle.DriveRestoring;
import dev.vat.lifecycle.DriveSource;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.RestoreWish;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import dev.vat.settings.ArchivePlace;
import dev.vat.settings.Limits;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Restores one project from a connected drive, where one has a whole copy of it. The copy is only
/// read.
final class DriveRestoreRun {
  private final Invocation invocation;
  private final CurrentRepository context;
  private final boolean dryRun;
  private final RestoreFrom from;
  private final boolean only;
  private final boolean cloud;
  private final boolean noOther;
  private final FileKinds kinds;
  private final DriveRestoring restoring;

  /// @param from not the archive in S3
  DriveRestoreRun(
      Invocation invocation, CurrentRepository context, boolean dryRun, RestoreFrom from) {
    this.invocation = invocation;
    this.context = context;
    this.dryRun = dryRun;
    this.from = from;
    this.only = from.isDrive();
    this.cloud = ArchivePlace.ifSet(context.settings()).isPresent();
    this.noOther = only || !cloud;
    this.kinds = new FileKinds(new Limits(context.settings()).heavyFileBytes());
    this.restoring =
        new DriveRestoring(
            TreeCopy.ofThisSystem(),
            FilePlacement.ofThisSystem(),
            kinds,
            invocation.console().progress());
  }

  /// How it ended.
  sealed interface Ended {
    /// This was the end, also when it is a conflict or there is no room.
    record Done(ExitCode exit) implements Ended {}

    /// No connected drive has all that is wanted.
    record NotFound() implements Ended {}

    /// Drives have it, and what they have is damaged or cannot be read; nothing became visible.
    record Damaged(CommandFailure failure) implements Ended {}
  }

  /// @param word the project, as typed
  /// @param to where to
  Ended of(String word, String to, RestoreWish.Part part) throws IOException {
    Catalog catalog = KnownDrives.of(invocation, context).file().read();
    // As in a dry run: whether a drive without an id file is the SSD is the manifest's to find out.
    ReachedDrives drives = ReachedDrives.look(invocation, context, catalog, true);
    if (from instanceof RestoreFrom.Drive asked) {
      requireConnected(asked.name(), drives, catalog);
    }
    TreeSet<ProjectId> ids = new TreeSet<>(new Projects(context.repository()).list().ids());
    ids.addAll(catalog.projects().keySet());
    for (Located.Readable drive : drives.readable()) {
      ids.addAll(Projects.onDrive(drive.base()).ids());
    }
    Optional<ProjectId> found =
        noOther
            ? Optional.of(ChosenProject.among(word, ids, context))
            : ChosenProject.found(word, ids, context);
    if (found.isEmpty()) {
      return new Ended.NotFound();
    }
    ProjectId project = found.get();
    DriveCandidates candidates = new DriveCandidates(invocation.console(), kinds, noOther);
    candidates.look(project, asked(drives));
    Ended ended = new Ended.NotFound();
    if (!candidates.isEmpty()) {
      Wanted wanted =
          new Wanted(project, to, part, OtherCopies.of(catalog, project, drives), candidates);
      if (dryRun) {
        ended = nearest(wanted);
      } else {
        try (ProjectLock _ = context.lock(invocation, project, RestoreRun.NAME)) {
          ended = nearest(wanted);
        }
      }
    }
    if (ended instanceof Ended.NotFound) {
      new NoDriveCopy(context, only, cloud)
          .tell(invocation.console(), project, drives, catalog, !candidates.isEmpty());
    }
    return ended;
  }

  private void requireConnected(String drive, ReachedDrives drives, Catalog catalog)
      throws IOException {
    if (drives.readable().stream().noneMatch(one -> one.label().name().equalsIgnoreCase(drive))) {
      DrivesAddCommand.connected(
          KnownDrives.of(invocation, context).drives().named(drive, catalog));
    }
  }

  /// Those that were asked for.
  private List<Located.Readable> asked(ReachedDrives drives) {
    return drives.readable().stream()
        .filter(
            drive ->
                !(from instanceof RestoreFrom.Drive asked)
                    || asked.name().equalsIgnoreCase(drive.label().name()))
        .toList();
  }

  private record Wanted(
      ProjectId project,
      String to,
      RestoreWish.Part part,
      OtherCopies others,
      DriveCandidates candidates) {}

  /// The youngest copy that turns out good.
  private Ended nearest(Wanted wanted) throws IOException {
    PassedOver passed = new PassedOver(wanted.project(), wanted.part());
    // Of a drive that was named, an older state may be wanted.
    List<TreeTotals> known =
        from instanceof RestoreFrom.Drive ? List.of() : wanted.others().totals();
    Ended ended = new Ended.NotFound();
    DriveRestoreReport last = null;
    for (DriveSource source : wanted.candidates().sources(wanted.part(), known, passed)) {
      passed.requireSame(source);
      wanted.others().tell(invocation.console(), source, !only);
      DriveRestoreReport report =
          new DriveRestoreReport(
              invocation.console(),
              context.repository().folderName(),
              wanted.project(),
              source,
              dryRun);
      Ended here = from(source, wanted, report);
      if (here instanceof Ended.Done) {
        return here;
      }
      passed.damaged(source);
      ended = here;
      last = report;
    }
    if (only && ended instanceof Ended.Damaged damaged) {
      last.failed(cloud);
      return new Ended.Done(damaged.failure().exit());
    }
    if (!noOther) {
      passed.requireSame(wanted.others().archives());
    }
    return ended;
  }

  private Ended from(DriveSource source, Wanted wanted, DriveRestoreReport report)
      throws IOException {
    try {
      RestoreWish wish =
          new RestoreTarget(invocation, context).of(wanted.project(), wanted.to(), wanted.part());
      DriveRestorePlan plan = restoring.plan(wish, source);
      ExitCode planned = report.planned(plan);
      if (dryRun
          || !(plan instanceof DriveRestorePlan.Ready ready)
          || !ready.conflicts().isEmpty()) {
        return new Ended.Done(planned);
      }
      Instant begun = invocation.surroundings().clock().instant();
      DriveRestoring.Restored restored = restoring.run(ready);
      if (ready.whole() && restored.visible()) {
        CameHome.histories(invocation, context, ready.target(), ready.lightFolders());
        CopiedFiles.rememberHome(invocation, context, ready, restored, begun);
      }
      if (ready.isNothing()) {
        remember();
        return new Ended.Done(report.nothing(ready));
      }
      if (restored.isSourcesFault()) {
        requireThere(source, wanted.project(), null);
        return new Ended.Damaged(report.damaged(ready, restored));
      }
      if (restored.visible()) {
        remember();
      }
      return new Ended.Done(report.restored(ready, restored));
    } catch (ClosedByInterruptException stopped) {
      throw stopped;
    } catch (IOException fault) {
      requireThere(source, wanted.project(), fault);
      throw fault;
    }
  }

  private void remember() throws IOException {
    new ArchiveManifest(invocation, context).update(RestoreRun.NAME, (seen, _) -> seen);
  }

  /// That it was not the drive which went away.
  private void requireThere(DriveSource source, ProjectId project, IOException fault) {
    if (!Files.isDirectory(source.copy().folder())) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "drive_gone",
          Printable.of(source.copy().where()) + " is not there any more",
          "plug it in and run it again: what came so far is kept, and not visible yet"
              + (cloud
                  ? "; or take the archive in S3: vat restore "
                      + ShellWord.of(project.value())
                      + " --from s3"
                  : ""),
          fault);
    }
  }
}
