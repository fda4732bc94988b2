package dev.vat.cli;

import dev.vat.archive.ArchiveException;
import dev.vat.archive.Toc;
import dev.vat.archive.TocFile;
import dev.vat.catalog.Catalog;
import dev.vat.catalog.CloudCopy;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectSummary;
import dev.vat.disk.FilePlacement;
import dev.vat.lifecycle.ArchiveFacts;
import dev.vat.lifecycle.ArchiveListing;
import dev.vat.lifecycle.ArchiveLook;
import dev.vat.lifecycle.CloudArchive;
import dev.vat.lifecycle.CloudLook;
import dev.vat.lifecycle.RestorePlan;
import dev.vat.lifecycle.RestorePlanner;
import dev.vat.lifecycle.RestoreWish;
import dev.vat.lifecycle.Restoring;
import dev.vat.lifecycle.RestoringToDrive;
import dev.vat.lifecycle.StoredArchive;
import dev.vat.lifecycle.ThawStanding;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import dev.vat.settings.Limits;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Restores one project: finds its archive, plans, and does it.
final class RestoreRun {
  static final String NAME = "vat restore";

  private final ArchiveAccess access;
  private final boolean dryRun;
  private final ThawRun.Wishes thaw;

  /// @param thaw what would be asked for, were it frozen
  RestoreRun(ArchiveAccess access, boolean dryRun, ThawRun.Wishes thaw) {
    this.access = access;
    this.dryRun = dryRun;
    this.thaw = thaw;
  }

  /// @param word the project, as typed
  /// @param typed where to; without it, where a thaw was to bring it, else home
  ExitCode of(String word, Optional<String> typed, RestoreWish.Part part) throws IOException {
    ArchiveListing listing = ArchiveListing.of(access.store(), access.place().prefix());
    ProjectId project = chosen(word, listing);
    ObjectFacts facts =
        new ChosenArchive(access, NAME).of(listing, project, thaw.archive()).facts();
    ObjectSummary archive = source(listing, project, facts, part);
    String to = typed.isPresent() ? typed.get() : target(archive);
    Invocation invocation = access.invocation();
    Optional<RestoreDrive> drive = RestoreDrive.of(invocation, access.context(), to, dryRun);
    if (drive.isPresent() && !(part instanceof RestoreWish.Part.Whole)) {
      throw CommandFailure.usage(
          "a part of a project on a drive would be taken for the whole",
          "give a folder that is on none of your drives for copies");
    }
    Planning planning =
        () ->
            plan(
                drive.isPresent()
                    ? drive.get().wish(project)
                    : new RestoreTarget(invocation, access.context()).of(project, to, part),
                archive);
    RestoreReport report =
        new RestoreReport(
            invocation.console(),
            access,
            project,
            archive,
            dryRun,
            PriceFiles.of(invocation).in(access.context().settings()));
    if (dryRun) {
      return report.planned(planning.plan(), true);
    }
    try (ProjectLock _ = access.lock(project, NAME)) {
      drive.ifPresent(RestoreDrive::requireConnected);
      RestorePlan plan = planning.plan();
      ExitCode planned = report.planned(plan, false);
      if (!(plan instanceof RestorePlan.Ready ready) || !ready.conflicts().isEmpty()) {
        return planned;
      }
      Restoring restoring =
          new Restoring(FilePlacement.ofThisSystem(), invocation.console().progress());
      ExitCode exit =
          drive.isPresent()
              ? onto(drive.get(), restoring, ready, facts, report)
              : home(restoring.run(ready), ready, facts, report);
      if (exit == ExitCode.DONE && ready.whole() && archive.storageClass().isFrozenClass()) {
        try (ThawRun thaws = ThawRun.with(access, false)) {
          thaws.done(project, facts);
        }
      }
      return exit;
    }
  }

  /// Whether what is wanted can be read without a thaw: nothing is paid for then.
  boolean isReadable(String word, RestoreWish.Part part) throws IOException {
    ArchiveListing listing = ArchiveListing.of(access.store(), access.place().prefix());
    ProjectId project = chosen(word, listing);
    ObjectFacts facts =
        new ChosenArchive(access, NAME).of(listing, project, thaw.archive()).facts();
    return facts.summary().thaw().isReadable() || beside(listing, project, facts, part).isPresent();
  }

  /// Where the files are read from: the archive, or, of one that is frozen, the light files beside
  /// it when they are all that is wanted.
  private ObjectSummary source(
      ArchiveListing listing, ProjectId project, ObjectFacts facts, RestoreWish.Part part)
      throws IOException {
    if (!facts.summary().thaw().isReadable()) {
      Optional<ObjectSummary> light = beside(listing, project, facts, part);
      if (light.isPresent()) {
        return light.get();
      }
    }
    requireReadable(project, facts);
    return facts.summary();
  }

  /// The light files beside the archive, when they are all that is wanted and can be read.
  private Optional<ObjectSummary> beside(
      ArchiveListing listing, ProjectId project, ObjectFacts facts, RestoreWish.Part part)
      throws IOException {
    if (part instanceof RestoreWish.Part.Whole) {
      return Optional.empty();
    }
    Optional<StoredArchive> stored = stored(listing, project, facts.summary());
    Optional<TocFile> toc = stored.flatMap(StoredArchive::toc);
    Optional<ObjectSummary> light =
        stored.flatMap(StoredArchive::lightBeside).filter(one -> one.thaw().isReadable());
    return toc.isPresent()
            && light.isPresent()
            && isBeside(part, project, toc.get().toc(), light.get())
        ? light
        : Optional.empty();
  }

  private boolean isBeside(RestoreWish.Part part, ProjectId project, Toc toc, ObjectSummary light)
      throws IOException {
    try {
      return planner().isBeside(part, project, toc, light);
    } catch (ArchiveException damaged) {
      access
          .invocation()
          .console()
          .warning(
              Printable.of(access.address(light.key()))
                  + " cannot be used: "
                  + Printable.of(damaged.getMessage()));
      return false;
    }
  }

  private Optional<StoredArchive> stored(
      ArchiveListing listing, ProjectId project, ObjectSummary archive) throws IOException {
    for (ArchiveListing.Found found : listing.archives().getOrDefault(project, List.of())) {
      if (found.archive().filter(one -> one.key().equals(archive.key())).isPresent()) {
        return new ArchiveLook(access.store()).of(found);
      }
    }
    return Optional.empty();
  }

  private RestorePlanner planner() {
    return new RestorePlanner(
        access.store(), new FileKinds(new Limits(access.context().settings()).heavyFileBytes()));
  }

  private interface Planning {
    RestorePlan plan() throws IOException;
  }

  private ExitCode home(
      Restoring.Restored restored, RestorePlan.Ready plan, ObjectFacts facts, RestoreReport report)
      throws IOException {
    if (restored.visible()) {
      if (plan.whole()) {
        CameHome.histories(
            access.invocation(), access.context(), plan.target(), plan.lightFolders());
      }
      remember(plan, restored, facts, Optional.empty());
    }
    return report.restored(plan, restored);
  }

  private ExitCode onto(
      RestoreDrive drive,
      Restoring restoring,
      RestorePlan.Ready plan,
      ObjectFacts facts,
      RestoreReport report)
      throws IOException {
    drive.claim();
    Invocation invocation = access.invocation();
    RestoringToDrive.Outcome outcome =
        new RestoringToDrive(
                restoring,
                MhlFolder.creator(invocation),
                invocation.surroundings().clock(),
                invocation.console().progress())
            .run(plan, drive.found().base());
    return switch (outcome) {
      case RestoringToDrive.Outcome.Failed failed ->
          report.failed(plan, failed, drive.found().label().name());
      case RestoringToDrive.Outcome.Done done -> {
        // Else what is in the drive's place by now would be looked at in its stead.
        drive.requireConnected();
        remember(
            plan, done.restored(), facts, done.pastCache() ? Optional.of(drive) : Optional.empty());
        yield report.restored(plan, done, drive.found().label().name());
      }
    };
  }

  private ProjectId chosen(String word, ArchiveListing listing) throws IOException {
    TreeSet<ProjectId> ids = new TreeSet<>(listing.archives().keySet());
    ids.addAll(new Projects(access.context().repository()).list().ids());
    ids.addAll(
        KnownDrives.forLooking(access.invocation(), access.context())
            .file()
            .read()
            .projects()
            .keySet());
    return ChosenProject.among(word, ids, access.context());
  }

  private String target(ObjectSummary archive) throws IOException {
    if (!archive.storageClass().isFrozenClass()) {
      return RestoreTarget.LOCAL;
    }
    try (ThawRun thaws = ThawRun.with(access, true)) {
      return thaws.target(archive).orElse(RestoreTarget.LOCAL);
    }
  }

  /// Nothing is requested without being asked for; what it would take is told.
  private void requireReadable(ProjectId project, ObjectFacts facts) throws IOException {
    ObjectSummary archive = facts.summary();
    if (archive.thaw().isReadable()) {
      return;
    }
    ThawStanding standing;
    try (ThawRun thaws = ThawRun.with(access, true)) {
      standing = thaws.told(new CloudArchive(project, facts, true), thaw);
    }
    String name = Printable.of(project.value());
    boolean underWay = standing instanceof ThawStanding.UnderWay;
    throw new CommandFailure(
        ExitCode.THAW,
        "frozen",
        name
            + " is frozen in "
            + Printable.of(archive.storageClass().word())
            + (underWay
                ? " and being thawed; it cannot be read before that is done"
                : " and has to be thawed before it can be read. Nothing was asked for"),
        underWay
            ? "run the same command again then; vat restore --check-status tells how it stands"
            : "vat restore "
                + ShellWord.of(project.value())
                + thaw.archive().map(one -> " --archive " + ShellWord.of(one)).orElse("")
                + " --glacier asks S3 (--tier standard is faster); vat show "
                + ShellWord.of(project.value())
                + " tells whether a copy is on a drive, which is quicker and costs nothing");
  }

  private RestorePlan plan(RestoreWish wish, ObjectSummary archive) throws IOException {
    try {
      return planner().plan(wish, archive);
    } catch (ArchiveException fault) {
      throw new CommandFailure(
          ExitCode.VERIFICATION_FAILED,
          "archive_unusable",
          Printable.of(access.address(archive.key()))
              + " cannot be restored: "
              + Printable.of(fault.getMessage()),
          "nothing was written; if another tool made it, download and unpack it with tar",
          fault);
    }
  }

  /// What was downloaded as a whole was proven as a whole.
  ///
  /// @param onto the drive that was proven to hold it
  private void remember(
      RestorePlan.Ready plan,
      Restoring.Restored restored,
      ObjectFacts facts,
      Optional<RestoreDrive> onto)
      throws IOException {
    Optional<CloudCopy.Content> content =
        ArchiveFacts.of(facts.metadata()).flatMap(CloudLook::content);
    boolean proven =
        plan.whole() && plan.moved().isEmpty() && plan.same() == 0 && restored.fromDrive() == 0;
    new ArchiveManifest(access.invocation(), access.context())
        .update(
            NAME,
            (catalog, now) -> {
              CloudCopy seen =
                  CloudLook.copyOf(facts.summary(), access.store().bucket(), content, now);
              Catalog after = catalog.withCloud(plan.project(), proven ? seen.verified(now) : seen);
              return onto.isEmpty()
                  ? after
                  : ArchiveManifest.verified(
                      after, onto.get().found().label().id(), plan.project(), plan.target());
            });
  }
}
