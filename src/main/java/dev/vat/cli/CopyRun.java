package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.KnownDrive;
import dev.vat.catalog.SsdCopy;
import dev.vat.disk.CopyProblem;
import dev.vat.disk.TreeCopy;
import dev.vat.lifecycle.ArchiveDecision;
import dev.vat.lifecycle.CopySource;
import dev.vat.lifecycle.CutRelease;
import dev.vat.lifecycle.DriveCopy;
import dev.vat.lifecycle.DriveCopyOutcome;
import dev.vat.lifecycle.DriveCopyPlan;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.TreeCount;
import dev.vat.project.FileKinds;
import dev.vat.project.Project;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectListing;
import dev.vat.project.ProjectPlace;
import dev.vat.project.Projects;
import dev.vat.project.RangeChoice;
import dev.vat.project.RangeFolders;
import dev.vat.settings.Limits;
import dev.vat.settings.SyncUser;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// One run of `vat copy`: project by project, each under its lock.
final class CopyRun {
  private static final String LOCAL = "local";

  private final Invocation invocation;
  private final CurrentRepository context;
  private final Wishes wishes;
  private final InstantSource clock;
  private final KnownDrives known;
  private final FileKinds kinds;
  private final DriveCopy copy;
  private final CopyReport report;
  private final ProjectListing here;

  /// What was asked for.
  ///
  /// @param to the drive's name
  /// @param from `local`, or a drive's name; null when the folder is chosen that has all files
  /// @param keep null when conflicts are left to people
  record Wishes(String to, String from, KeepWord keep, boolean dryRun) {}

  CopyRun(Invocation invocation, CurrentRepository context, Wishes wishes) throws IOException {
    this.invocation = invocation;
    this.context = context;
    this.wishes = wishes;
    this.clock = invocation.surroundings().clock();
    this.known = KnownDrives.of(invocation, context);
    this.kinds = new FileKinds(new Limits(context.settings()).heavyFileBytes());
    this.copy = new DriveCopy(TreeCopy.ofThisSystem(), kinds, MhlFolder.creator(invocation), clock);
    this.report = new CopyReport(invocation.console(), wishes.dryRun());
    this.here = new Projects(context.repository()).list();
  }

  /// The projects that were typed.
  ExitCode named(List<String> words) throws IOException {
    TreeSet<ProjectId> ids = ids(known.file().read());
    List<ProjectId> chosen = new ArrayList<>();
    for (String word : words) {
      chosen.add(ChosenProject.among(word, ids, context));
    }
    for (ProjectId id : chosen.stream().distinct().toList()) {
      one(id, drive());
    }
    return report.end(context.repository().folderName());
  }

  /// Every project that has no copy on the drive. One that cannot be copied holds up no other.
  ExitCode all() throws IOException {
    Catalog catalog = known.file().read();
    Located.Connected drive = drive();
    TreeSet<ProjectId> ids = ids(catalog);
    ids.removeIf(
        id ->
            Optional.ofNullable(catalog.projects().get(id))
                .flatMap(entry -> entry.on(drive.drive().id()))
                .isPresent());
    if (ids.isEmpty()) {
      report.nothingLacks(drive);
    }
    for (ProjectId id : ids) {
      Located.Connected still = drive();
      try {
        one(id, still);
      } catch (ClosedByInterruptException stopped) {
        throw stopped;
      } catch (IOException fault) {
        if (Faults.concernsAll(fault)) {
          throw fault;
        }
        report.failed(id, Faults.of(fault));
      }
    }
    return report.end(context.repository().folderName());
  }

  private TreeSet<ProjectId> ids(Catalog catalog) {
    TreeSet<ProjectId> ids = new TreeSet<>(here.ids());
    ids.addAll(catalog.projects().keySet());
    return ids;
  }

  /// Asked anew for each project: what was connected a while ago may not be now.
  private Located.Connected drive() throws IOException {
    return DrivesAddCommand.connected(known.drives().named(wishes.to(), known.file().read()));
  }

  private void one(ProjectId id, Located.Connected drive) throws IOException {
    tellOfCutReleases(id);
    if (wishes.dryRun()) {
      report.planned(id, plan(id, drive));
      return;
    }
    try (ProjectLock _ = context.lock(invocation, id, "vat copy")) {
      DriveCopyPlan plan = plan(id, drive);
      report.planned(id, plan);
      if (plan instanceof DriveCopyPlan.Ready ready) {
        DriveCopyOutcome outcome = apply(ready);
        if (decide(ready, outcome)) {
          again(id, drive);
        } else {
          report.copied(ready, outcome);
        }
      }
    }
  }

  private void again(ProjectId id, Located.Connected drive) throws IOException {
    switch (plan(id, drive)) {
      case DriveCopyPlan.Refused refused -> report.planned(id, refused);
      case DriveCopyPlan.Ready ready -> report.copied(ready, apply(ready));
    }
  }

  /// What a cut run had taken aside here comes back before the copy; on a drive it would be missing
  /// in it.
  private void tellOfCutReleases(ProjectId id) throws IOException {
    List<CutRelease> found = new ArrayList<>();
    if (wishes.dryRun()) {
      found.addAll(CutRelease.here(context.repository().root(), clock));
    }
    Catalog catalog = known.file().read();
    for (KnownDrive drive : catalog.drives().values()) {
      if (known.drives().located(drive, catalog) instanceof Located.Connected there) {
        found.addAll(CutRelease.onDrive(there.base(), drive.name(), clock));
      }
    }
    found.stream()
        .filter(cut -> cut.project().equals(id))
        .forEach(cut -> invocation.console().warning(Printable.of(cut.message() + ".")));
  }

  private DriveCopyPlan plan(ProjectId id, Located.Connected drive) throws IOException {
    return copy.plan(id, sources(id, drive), others(id), drive);
  }

  private DriveCopyOutcome apply(DriveCopyPlan.Ready plan) throws IOException {
    DrivesAddCommand.connected(known.drives().claim(plan.drive(), known.file().read()));
    Instant begun = clock.instant();
    DriveCopyOutcome outcome = copy.run(plan, invocation.console().progress());
    CopiedFiles.remember(invocation, context, outcome.copied().files(), begun);
    if (outcome.copy().isPresent()) {
      Instant now = clock.instant();
      KnownDrives.update(
          invocation,
          context,
          "vat copy",
          before ->
              active(before, plan)
                  .withDrive(seen(before, plan.drive().drive(), now))
                  .withCopy(plan.id(), judged(outcome.copy().get(), outcome, now)));
    }
    return outcome;
  }

  /// What was just found out about a copy that was there counts, though it does not become whole.
  private static SsdCopy judged(SsdCopy copy, DriveCopyOutcome outcome, Instant now) {
    return outcome.copied().problems().stream().anyMatch(CopyProblem::showsDamagedCopy)
        ? copy.damaged(now)
        : copy;
  }

  /// With what the folder here was seen to hold for this copy: else files that came there since the
  /// manifest was made would let it look like less than its copy.
  private Catalog active(Catalog before, DriveCopyPlan.Ready plan) {
    CopySource source = plan.source();
    return source.onDrive()
        ? before
        : before.withActive(plan.id(), TreeCount.of(source.files().values(), kinds));
  }

  /// As somebody decided, when conflicts are all that stands in the way.
  ///
  /// @return whether it is to be done again
  private boolean decide(DriveCopyPlan.Ready plan, DriveCopyOutcome outcome) throws IOException {
    List<CopyProblem.Conflict> conflicts = VersionChoice.only(outcome.copied().problems());
    if (wishes.keep() == null || conflicts.isEmpty()) {
      return false;
    }
    VersionChoice.require(plan.id(), conflicts, wishes.keep().keep());
    if (wishes.keep() != KeepWord.mine && plan.source().onDrive()) {
      throw new CommandFailure(
          ExitCode.CONFLICT,
          "conflict",
          "--keep "
              + wishes.keep()
              + " would change the copy on "
              + Printable.of(plan.source().where())
              + ", from which is only read",
          "--keep mine puts the other version aside on the drive that is copied to; or copy from"
              + " this computer: --from local");
    }
    report.decided(
        new ArchiveDecision(
                context.repository().root(),
                SyncUser.of(context.settings()).name(),
                clock.instant())
            .apply(
                plan.id(), plan.source().folder(), plan.target(), conflicts, wishes.keep().keep()));
    return true;
  }

  /// One project was looked at, not the drive: when that was seen stays.
  private static KnownDrive seen(Catalog before, KnownDrive drive, Instant now) {
    KnownDrive known = before.drives().get(drive.id());
    return known == null || known.lastSeenAt().isEmpty()
        ? drive.seen(now)
        : drive.seen(known.lastSeenAt().get());
  }

  /// Every whole folder of the project that can be reached, the one here first.
  private List<CopySource> sources(ProjectId id, Located.Connected target) throws IOException {
    List<CopySource> sources = new ArrayList<>();
    if (wishes.from() == null || wishes.from().equals(LOCAL)) {
      for (Path folder : flat(id)) {
        sources.add(CopySource.at(LOCAL, folder, false, kinds));
      }
    }
    if (LOCAL.equals(wishes.from())) {
      return sources;
    }
    Catalog catalog = known.file().read();
    List<Located.Connected> drives = new ArrayList<>();
    if (wishes.from() == null) {
      for (KnownDrive drive : catalog.drives().values()) {
        if (known.drives().located(drive, catalog) instanceof Located.Connected there) {
          drives.add(there);
        }
      }
    } else {
      drives.add(DrivesAddCommand.connected(known.drives().named(wishes.from(), catalog)));
    }
    for (Located.Connected drive : drives) {
      boolean isTarget = drive.drive().id().equals(target.drive().id());
      if (!isTarget
          && new RangeFolders(drive.base()).of(id) instanceof RangeChoice.Holds(Path folder)) {
        sources.add(CopySource.at(drive.drive().name(), folder, true, kinds));
      }
    }
    return sources;
  }

  /// Every folder of it that can be reached, whatever is copied from where.
  private List<Path> others(ProjectId id) throws IOException {
    List<Path> folders = new ArrayList<>(flat(id));
    Catalog catalog = known.file().read();
    for (KnownDrive drive : catalog.drives().values()) {
      if (known.drives().located(drive, catalog) instanceof Located.Connected there
          && new RangeFolders(there.base()).of(id) instanceof RangeChoice.Holds(Path folder)) {
        folders.add(folder);
      }
    }
    return folders;
  }

  private List<Path> flat(ProjectId id) {
    return here.find(id).stream()
        .map(Project::places)
        .flatMap(List::stream)
        .filter(place -> place instanceof ProjectPlace.Flat)
        .map(ProjectPlace::folder)
        .toList();
  }
}
