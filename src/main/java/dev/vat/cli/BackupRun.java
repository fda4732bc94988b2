package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.disk.FileChangedException;
import dev.vat.lifecycle.ArchiveListing;
import dev.vat.lifecycle.ArchiveLook;
import dev.vat.lifecycle.Backup;
import dev.vat.lifecycle.BackupPlan;
import dev.vat.lifecycle.BackupPlanner;
import dev.vat.lifecycle.BackupRelease;
import dev.vat.lifecycle.CloudLook;
import dev.vat.lifecycle.CloudProof;
import dev.vat.lifecycle.CopySource;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.ProjectCopy;
import dev.vat.lifecycle.Released;
import dev.vat.lifecycle.StoredArchive;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectListing;
import dev.vat.project.Projects;
import dev.vat.settings.Limits;
import dev.vat.state.ProjectLock;
import dev.vat.state.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Backs projects up one after the other: several at once would share the same disk and line.
final class BackupRun implements AutoCloseable {
  private static final String NAME = "vat backup";

  /// What was less or faster tells nothing of the line.
  private static final long LEAST_MEASURE_BYTES = 5_000_000;

  private static final Duration SHORTEST_MEASURE = Duration.ofSeconds(1);

  private final ArchiveAccess access;
  private final State state;
  private final BackupCommand.Wishes wishes;
  private final Invocation invocation;
  private final Console console;
  private final InstantSource clock;
  private final Limits limits;
  private final FileKinds kinds;
  private final BackupOutlook outlook;
  private final BackupReport report;
  private final BackupRelease release;
  private ArchiveListing listing;

  private BackupRun(ArchiveAccess access, State state, BackupCommand.Wishes wishes)
      throws IOException {
    this.access = access;
    this.state = state;
    this.wishes = wishes;
    this.invocation = access.invocation();
    this.console = invocation.console();
    this.clock = invocation.surroundings().clock();
    this.limits = new Limits(access.context().settings());
    this.kinds = new FileKinds(limits.heavyFileBytes());
    this.outlook =
        new BackupOutlook(
            PriceFiles.of(invocation).in(access.context().settings()),
            wishes.limitRate(),
            state.lineRates().find(access.server()));
    this.report = new BackupReport(console, access, wishes, outlook);
    this.release = new BackupRelease(invocation.services().volumeOf(), kinds, clock);
  }

  static BackupRun open(
      Invocation invocation, CurrentRepository context, BackupCommand.Wishes wishes)
      throws IOException {
    ArchiveAccess access = ArchiveAccess.open(invocation, context, wishes.limitRate());
    try {
      State state = wishes.dryRun() ? access.stateForLooking() : access.state();
      return new BackupRun(access, state, wishes);
    } catch (IOException | RuntimeException e) {
      access.close();
      throw e;
    }
  }

  /// @param words projects, when no age is given
  ExitCode of(List<String> words, Optional<Duration> olderThan) throws IOException {
    ProjectListing here = new Projects(access.context().repository()).list();
    Catalog catalog = KnownDrives.forLooking(invocation, access.context()).file().read();
    listing = ArchiveListing.of(access.store(), access.place().prefix());
    BackupSources sources =
        new BackupSources(invocation, access.context(), kinds, release, here, catalog, wishes);
    TreeSet<ProjectId> ids = new TreeSet<>(here.ids());
    ids.addAll(catalog.projects().keySet());
    ids.addAll(listing.archives().keySet());
    ids.addAll(sources.onDrives());
    List<ProjectId> projects =
        olderThan.isPresent() ? old(catalog, listing, olderThan.get()) : named(words, ids);
    if (!wishes.dryRun()) {
      ArchiveConditions.require(access, state);
    }
    if (!projects.isEmpty()) {
      report.page(RecoveryNote.of(access, wishes.dryRun()));
    }
    try (KeepAwake.Handle _ = invocation.services().keepAwake().begin(NAME)) {
      for (ProjectId project : projects) {
        inTurn(project, sources, projects.size() == 1);
      }
    }
    access.store().takeRemarks().forEach(remark -> console.note(Printable.of(remark)));
    return report.end(projects.isEmpty());
  }

  private List<ProjectId> named(List<String> words, Collection<ProjectId> ids) throws IOException {
    if (words.isEmpty()) {
      return List.of(
          ChosenProject.of(List.of(), access.context(), invocation.surroundings(), List::of).id());
    }
    List<ProjectId> chosen = new ArrayList<>();
    for (String word : words) {
      ProjectId id = ChosenProject.among(word, ids, access.context());
      if (!chosen.contains(id)) {
        chosen.add(id);
      }
    }
    return chosen;
  }

  /// Those on a drive that S3 has nothing of. What is there already is compared when it is named.
  private List<ProjectId> old(Catalog catalog, ArchiveListing listing, Duration age) {
    Instant before = clock.instant().minus(age);
    List<ProjectId> old = new ArrayList<>();
    int stored = 0;
    for (ProjectEntry entry : catalog.projects().values()) {
      boolean due =
          !entry.ssd().isEmpty()
              && entry.lastChange().filter(change -> change.isBefore(before)).isPresent();
      if (due && listing.of(entry.id()).stream().noneMatch(one -> one.archive().isPresent())) {
        old.add(entry.id());
      } else if (due) {
        stored++;
      }
    }
    if (stored > 0) {
      console.note(
          Counts.of(stored, "project")
              + " so old "
              + (stored == 1 ? "is" : "are")
              + " in S3 already, and not compared now (vat backup PROJECT does).");
    }
    return old;
  }

  /// What is the matter with one project keeps no other one back.
  private void inTurn(ProjectId project, BackupSources sources, boolean alone) throws IOException {
    try {
      if (wishes.dryRun()) {
        report.planned(plan(project, sources.of(project), sources), true);
        return;
      }
      try (ProjectLock _ = access.lock(project, NAME)) {
        List<BackupSources.Source> found = sources.of(project);
        backUp(plan(project, found, sources), found);
      }
    } catch (FileChangedException changed) {
      report.failed(project, Faults.of(changed));
    } catch (IOException | CommandFailure fault) {
      if (alone || Faults.concernsAll(fault)) {
        throw fault;
      }
      report.failed(project, Faults.of(fault));
    }
  }

  private BackupPlan plan(
      ProjectId project, List<BackupSources.Source> found, BackupSources sources)
      throws IOException {
    // Listed again under the lock: another computer may have stored it since.
    List<StoredArchive> stored = new ArrayList<>();
    for (ArchiveListing.Found one :
        ArchiveListing.of(access.store(), access.place().prefix(), project, listing.of(project))) {
      new ArchiveLook(access.store()).of(one).ifPresent(stored::add);
    }
    Optional<BackupPlan.Refused> lacking = sources.lacking(project, found, !stored.isEmpty());
    if (lacking.isPresent()) {
      return lacking.get();
    }
    return planner()
        .plan(
            project,
            found.stream().map(BackupSources.Source::copy).toList(),
            stored,
            access.keys(project),
            wishes.keepBoth());
  }

  private BackupPlanner planner() {
    return new BackupPlanner(kinds, access.repo(), clock);
  }

  private void backUp(BackupPlan plan, List<BackupSources.Source> found) throws IOException {
    report.planned(plan, false);
    switch (plan) {
      case BackupPlan.Refused _ -> {}
      case BackupPlan.OnlyThere only -> {
        if (wishes.deleteLocal()) {
          releaseLeft(only, found);
        }
      }
      case BackupPlan.Store store -> {
        MovedBytes moved = new MovedBytes(console.progress());
        Instant begun = clock.instant();
        Backup.Outcome outcome = backup().apply(store, moved);
        measured(moved.bytes(), Duration.between(begun, clock.instant()));
        after(store.source(), found, plan, outcome);
      }
      case BackupPlan.Compare compare -> {
        Backup.Outcome outcome = backup().apply(compare, console.progress());
        if (outcome instanceof Backup.Outcome.Differs(var names)) {
          BackupPlan then = planner().afterComparing(compare, names, wishes.keepBoth());
          if (then instanceof BackupPlan.Compare) {
            throw new IllegalStateException("compared already: " + then);
          }
          backUp(then, found);
        } else {
          after(compare.source(), found, plan, outcome);
        }
      }
    }
  }

  /// How fast it went, for the next plan. With a limit it tells nothing of the line.
  private void measured(long bytes, Duration took) throws IOException {
    if (wishes.limitRate().isEmpty()
        && bytes >= LEAST_MEASURE_BYTES
        && took.compareTo(SHORTEST_MEASURE) > 0) {
      long rate = Math.max(1, (long) (bytes / (took.toNanos() / 1e9)));
      outlook.measured(rate);
      state.lineRates().remember(access.server(), rate);
    }
  }

  private Backup backup() {
    return new Backup(
        access.store(),
        new Backup.Owner(access.repo(), access.user().name()),
        kinds,
        access.placeId(),
        state.uploads(),
        clock);
  }

  private void after(
      CopySource source, List<BackupSources.Source> found, BackupPlan plan, Backup.Outcome outcome)
      throws IOException {
    switch (outcome) {
      case Backup.Outcome.Differs _ -> throw new IllegalStateException("not compared: " + plan);
      case Backup.Outcome.Taken(String key) -> report.taken(plan.project(), key);
      case Backup.Outcome.Stored(StoredArchive archive, boolean sent) -> {
        CloudProof.Answer answer = proof(archive);
        report.stored(plan, source, archive, sent, answer);
        remember(plan.project(), archive, answer);
        if (wishes.deleteLocal()) {
          boolean whole =
              !(plan instanceof BackupPlan.Compare compare) || compare.onlyThere().isEmpty();
          release(plan.project(), source, whole, found, archive, answer);
        }
      }
    }
  }

  private CloudProof.Answer proof(StoredArchive archive) throws IOException {
    boolean downloads =
        wishes.downloads() || wishes.deleteLocal() && archive.facts().crc32().isEmpty();
    return CloudProof.of(access.store(), archive, downloads, clock, console.progress());
  }

  /// What a run left on drives that was cut after it had deleted the last file of the content: the
  /// checksum history, or folders alone. Where something cannot be read, there may be content.
  private void releaseLeft(BackupPlan.OnlyThere plan, List<BackupSources.Source> found)
      throws IOException {
    for (BackupSources.Source one : found) {
      CopySource left = one.copy();
      if (one.drive().isEmpty() || !left.remarks().isEmpty()) {
        continue;
      }
      if (left.checksums().isEmpty()) {
        release.removeEmpty(left.folder());
        forgetGone(one.drive().get());
      } else {
        release(plan.project(), left, false, found, plan.archive(), proof(plan.archive()));
      }
    }
  }

  /// @param whole whether the copy had all that the archive has
  private void release(
      ProjectId project,
      CopySource source,
      boolean whole,
      List<BackupSources.Source> found,
      StoredArchive archive,
      CloudProof.Answer answer)
      throws IOException {
    Optional<Located.Readable> drive =
        found.stream()
            .filter(one -> one.copy().equals(source))
            .flatMap(one -> one.drive().stream())
            .findFirst();
    if (drive.isEmpty()) {
      report.notReleased(project, "It was stored from this computer; nothing is on an SSD.");
      return;
    }
    switch (answer) {
      case CloudProof.Answer.Unproven unproven -> report.notReleased(project, unproven.why());
      case CloudProof.Answer.Proven(CloudProof proof, boolean _) -> {
        List<ProjectCopy> others =
            found.stream()
                .filter(one -> one.drive().isPresent() && !one.drive().equals(drive))
                .map(one -> new ProjectCopy(one.copy().where(), one.copy().folder()))
                .toList();
        Optional<CloudProof> history =
            backup().historyProof(source, archive, whole, console.progress());
        Released released =
            release.release(
                project,
                source.where(),
                source.folder(),
                Stream.concat(Stream.of(proof), history.stream()).toList(),
                others,
                limits.minCopies(),
                console.progress());
        report.released(project, source.where(), released);
        if (!released.gone().isEmpty()) {
          forgetGone(drive.get());
        }
      }
    }
  }

  /// The manifest tells no more of what was released.
  private void forgetGone(Located.Readable drive) throws IOException {
    if (drive instanceof Located.Connected there) {
      new ArchiveManifest(invocation, access.context()).update(there.label().id(), Map.of());
    }
  }

  /// The manifest tells of it at once, whatever stops the next project.
  private void remember(ProjectId project, StoredArchive archive, CloudProof.Answer answer)
      throws IOException {
    Instant now = clock.instant();
    CloudCopy seen =
        CloudLook.copyOf(
            archive.object(),
            access.place().bucket(),
            archive.says().flatMap(CloudLook::content),
            now);
    CloudCopy copy = answer instanceof CloudProof.Answer.Proven ? seen.verified(now) : seen;
    KnownDrives.update(
        invocation, access.context(), NAME, before -> before.withCloud(project, copy));
  }

  @Override
  public void close() throws IOException {
    try (ArchiveAccess _ = access) {
      state.close();
    }
  }
}
