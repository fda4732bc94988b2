package dev.vat.cli;

import dev.vat.catalog.DriveId;
import dev.vat.disk.CopyProblem;
import dev.vat.disk.TreeCopy;
import dev.vat.lifecycle.ArchiveDecision;
import dev.vat.lifecycle.ArchiveForesight;
import dev.vat.lifecycle.ArchiveKeep;
import dev.vat.lifecycle.ArchiveOptions;
import dev.vat.lifecycle.ArchivePlan;
import dev.vat.lifecycle.ArchivePlanner;
import dev.vat.lifecycle.ArchiveTarget;
import dev.vat.lifecycle.Archived;
import dev.vat.lifecycle.Archiving;
import dev.vat.lifecycle.Obstacle;
import dev.vat.lifecycle.Release;
import dev.vat.lifecycle.ReleasingFolder;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectHome;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import dev.vat.project.RelativeName;
import dev.vat.project.Repository;
import dev.vat.report.TrackedFiles;
import dev.vat.settings.Limits;
import dev.vat.settings.SyncUser;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Archives projects one after the other: several at once would share the same drive.
final class ArchiveRun {
  private final Invocation invocation;
  private final CurrentRepository context;
  private final ArchiveCommand.Wishes wishes;
  private final Console console;
  private final Repository repository;
  private final InstantSource clock;
  private final Limits limits;
  private final ArchiveStaging staging;
  private final ArchiveReport report;

  /// Those that were made whole and are not in the manifest yet; with when they were verified only
  /// those that were read back from the drive itself.
  private final Map<ProjectId, Optional<Path>> copies = new TreeMap<>();

  private ArchiveDrive drive;

  ArchiveRun(Invocation invocation, CurrentRepository context, ArchiveCommand.Wishes wishes) {
    this.invocation = invocation;
    this.context = context;
    this.wishes = wishes;
    this.console = invocation.console();
    this.repository = context.repository();
    this.clock = invocation.surroundings().clock();
    this.limits = new Limits(context.settings());
    this.staging = new ArchiveStaging(invocation, context, wishes.dryRun());
    this.report = new ArchiveReport(console, repository.root(), wishes.dryRun());
  }

  ExitCode run(List<ProjectId> projects) throws IOException {
    drive =
        ArchiveDrive.find(
            repository.root(),
            invocation.services().volumeOf(),
            KnownDrives.of(invocation, context),
            wishes.drive(),
            wishes.dryRun());
    ArchiveTarget target = drive.target();
    List<ExitCode> exits = new ArrayList<>();
    try (KeepAwake.Handle _ = invocation.services().keepAwake().begin("vat archive")) {
      for (ProjectId project : projects) {
        if (!exits.isEmpty()) {
          console.line();
        }
        ExitCode exit = inTurn(project, target, projects.size() == 1);
        exits.add(exit);
        // At once: whatever stops the next project, this one is known to be on the drive.
        if (!copies.isEmpty()) {
          exits.add(manifest((manifest, there) -> manifest.update(there, copies)));
          copies.clear();
        }
        if (exit == ExitCode.UNAVAILABLE) {
          break;
        }
      }
    }
    if (projects.isEmpty()) {
      console.line("No project to archive.");
    }
    report.document(repository.folderName(), target.label());
    boolean some = exits.contains(ExitCode.DONE);
    ExitCode worst = ExitCode.worst(exits);
    return some && worst == ExitCode.FAILED ? ExitCode.PARTLY : worst;
  }

  private interface Noting {
    void into(ArchiveManifest manifest, DriveId drive) throws IOException;
  }

  /// What was archived, or found damaged, is so whether or not the manifest tells it.
  private ExitCode manifest(Noting noting) {
    try {
      // Else what is in the drive's place by now would be looked at in its stead.
      drive.requireConnected();
      noting.into(new ArchiveManifest(invocation, context), drive.found().label().id());
      return ExitCode.DONE;
    } catch (IOException | CommandFailure failed) {
      console.warning(
          "projects.json is not up to date: "
              + Printable.of(String.valueOf(failed.getMessage()).replaceAll("\\.$", ""))
              + ". Run vat manifest.");
      return ExitCode.PARTLY;
    }
  }

  /// What is the matter with one project keeps no other one back.
  private ExitCode inTurn(ProjectId project, ArchiveTarget target, boolean alone)
      throws IOException {
    try {
      return archive(project, target);
    } catch (IOException | CommandFailure fault) {
      if (alone || Faults.concernsAll(fault)) {
        throw fault;
      }
      return report.failed(project, Faults.of(fault));
    }
  }

  /// Files of a project that has no folder here any more may still be where a release that was cut
  /// had taken them.
  private void bringBack(ProjectId project) throws IOException {
    ReleasingFolder aside = ReleasingFolder.of(repository.root(), clock);
    if (wishes.dryRun()) {
      aside
          .left(project)
          .forEach(
              file ->
                  console.warning(
                      "An earlier run was cut before it deleted this; it comes back first, and is not"
                          + " in this plan: "
                          + Printable.of(repository.root().relativize(file).toString())));
    } else if (aside.isInUse(project)) {
      context.lock(invocation, project, "vat archive").close();
    }
  }

  private ExitCode archive(ProjectId project, ArchiveTarget target) throws IOException {
    bringBack(project);
    switch (new Projects(repository).homeOf(project)) {
      case ProjectHome.Active _ -> {}
      case ProjectHome.Archived archived -> {
        return report.alreadyArchived(
            project,
            archived.folders().stream()
                .map(folder -> repository.root().relativize(folder).toString())
                .toList());
      }
      case ProjectHome.None _ -> {
        return report.alreadyArchived(project, drive.namesOf(project));
      }
      case ProjectHome.Unclear unclear ->
          throw CommandFailure.usage(
              Printable.of(unclear.why()),
              "leave one real folder with that name; nothing was changed");
    }
    if (staging.isUsed() && !wishes.skipStaging()) {
      List<Obstacle> unsettled = staging.look(project, wishes.pullStaging());
      if (!unsettled.isEmpty()) {
        return report.stopped(project, unsettled);
      }
    }
    if (wishes.dryRun()) {
      ArchivePlan plan = plan(project, target);
      ArchiveForesight foresight = ArchiveForesight.of(plan, limits.minCopies());
      plan = ArchiveForesightLines.tooFewCopies(plan, foresight, limits.minCopies());
      report.plan(plan, foresight.tooFewCopies());
      return plan.obstacles().isEmpty() ? foreseen(plan, foresight) : report.planned(plan);
    }
    try (ProjectLock _ = context.lock(invocation, project, "vat archive")) {
      ArchivePlan plan = plan(project, target);
      ArchiveForesight foresight = ArchiveForesight.of(plan, limits.minCopies());
      plan = ArchiveForesightLines.tooFewCopies(plan, foresight, limits.minCopies());
      report.plan(plan, foresight.tooFewCopies());
      return plan.obstacles().isEmpty() ? apply(plan) : report.stopped(plan);
    }
  }

  /// What a dry run can tell beyond the plan: how that is going to end.
  private ExitCode foreseen(ArchivePlan plan, ArchiveForesight foresight) throws IOException {
    ArchiveForesightLines lines = new ArchiveForesightLines(console);
    boolean decides =
        wishes.keep().isPresent() && foresight.decidable().size() == foresight.conflicts().size();
    if (decides) {
      lines.moved(
          decision().foresee(plan, foresight.decidable(), wishes.keep().get()),
          wishes.keep().get());
    } else if (!foresight.conflicts().isEmpty()) {
      lines.conflicts(plan.project(), foresight.conflicts());
      return report.plannedToStop(plan, foresight.conflicts());
    }
    return report.planned(plan);
  }

  private ArchiveDecision decision() {
    return new ArchiveDecision(
        repository.root(), SyncUser.of(context.settings()).name(), clock.instant());
  }

  private ArchivePlan plan(ProjectId project, ArchiveTarget target) throws IOException {
    // Asked again under the lock: another command may have moved it.
    if (!(new Projects(repository).homeOf(project) instanceof ProjectHome.Active active)) {
      throw CommandFailure.unknownProject(project.value(), List.of());
    }
    Path folder = active.folder();
    if (!wishes.dryRun()) {
      drive.requireConnected();
    }
    return new ArchivePlanner(repository, new FileKinds(limits.heavyFileBytes()), clock)
        .plan(
            project,
            folder,
            target,
            drive.others(project),
            new ArchiveOptions(wishes.keepLocal(), wishes.skipLinks(), tracked(folder)));
  }

  private Set<RelativeName> tracked(Path folder) throws IOException {
    if (wishes.alsoTracked() || wishes.keepLocal()) {
      return Set.of();
    }
    try {
      return new TrackedFiles(
              repository,
              invocation.surroundings().environment(),
              invocation.surroundings().system() == OperatingSystem.WINDOWS)
          .in(folder);
    } catch (IOException unknown) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "git",
          "which files git tracks could not be told: " + unknown.getMessage(),
          "heavy ones of them stay here. To release them too: --also-tracked",
          unknown);
    }
  }

  private ExitCode apply(ArchivePlan plan) throws IOException {
    drive.claim();
    Release release = Release.from(repository.root(), invocation.services().volumeOf(), clock);
    Archiving archiving =
        new Archiving(TreeCopy.ofThisSystem(), release, MhlFolder.creator(invocation), clock);
    Instant begun = clock.instant();
    Archived archived = apply(archiving, plan);
    ArchivePlan done = plan;
    if (wishes.keep().isPresent() && decide(plan, archived, wishes.keep().get())) {
      done = plan(plan.project(), plan.target());
      if (!done.obstacles().isEmpty()) {
        return report.stoppedAfterDecision(done);
      }
      archived = apply(archiving, done);
    }
    CopiedFiles.remember(invocation, context, archived.whole(), begun);
    if (archived.problems().isEmpty()) {
      copies.put(
          done.project(), archived.isProven() ? Optional.of(done.copyFolder()) : Optional.empty());
    }
    return report.done(done, archived);
  }

  private Archived apply(Archiving archiving, ArchivePlan plan) throws IOException {
    Archived archived = archiving.apply(plan, limits.minCopies(), console.progress());
    if (archived.problems().stream().anyMatch(CopyProblem::showsDamagedCopy)) {
      // At once: a decision may be refused for it.
      manifest((manifest, there) -> manifest.damaged(there, plan.project()));
    }
    return archived;
  }

  /// @return whether conflicts were all that stood in the way
  private boolean decide(ArchivePlan plan, Archived archived, ArchiveKeep keep) throws IOException {
    List<CopyProblem.Conflict> conflicts = VersionChoice.only(archived.problems());
    if (conflicts.isEmpty()) {
      return false;
    }
    VersionChoice.require(plan.project(), conflicts, keep);
    report.decided(decision().apply(plan, conflicts, keep));
    return true;
  }
}
