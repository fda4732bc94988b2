package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.catalog.TreeTotals;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.TreeCopy;
import dev.vat.lifecycle.DriveRestorePlan;
import dev.vat.lifecycle.DriveRestoring;
import dev.vat.lifecycle.DriveSource;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.RestoreWish;
import dev.vat.mhl.MhlException;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import dev.vat.project.RangeChoice;
import dev.vat.project.RangeFolders;
import dev.vat.project.Sizes;
import dev.vat.settings.ArchivePlace;
import dev.vat.settings.Limits;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
    List<Place> places = places(project, drives);
    Ended ended = new Ended.NotFound();
    if (!places.isEmpty()) {
      Wanted wanted =
          new Wanted(
              project,
              to,
              part,
              // Of a drive that was named, an older state may be wanted.
              from instanceof RestoreFrom.Drive ? List.of() : totals(catalog, project),
              away(catalog, project, drives),
              archives(catalog, project));
      if (dryRun) {
        ended = nearest(places, wanted);
      } else {
        try (ProjectLock _ = context.lock(invocation, project, RestoreRun.NAME)) {
          ended = nearest(places, wanted);
        }
      }
    }
    if (ended instanceof Ended.NotFound) {
      new NoDriveCopy(context, only, cloud)
          .tell(invocation.console(), project, drives, catalog, !places.isEmpty());
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

  /// @param known of all its copies on drives
  /// @param away of those that are not connected, by the drive's name
  /// @param archives those that are known, in S3
  private record Wanted(
      ProjectId project,
      String to,
      RestoreWish.Part part,
      List<TreeTotals> known,
      Map<String, TreeTotals> away,
      List<CloudCopy> archives) {}

  /// A folder of the project on a drive.
  private record Place(String drive, Path folder) {}

  private List<Place> places(ProjectId project, ReachedDrives drives) throws IOException {
    List<Place> places = new ArrayList<>();
    for (Located.Readable drive : drives.readable()) {
      String name = drive.label().name();
      if (from instanceof RestoreFrom.Drive asked && !asked.name().equalsIgnoreCase(name)) {
        continue;
      }
      switch (new RangeFolders(drive.base()).of(project)) {
        case RangeChoice.Holds(Path folder) -> places.add(new Place(name, folder));
        case RangeChoice.Free _ -> {}
        case RangeChoice.InTheWay(Path path, String what) -> notTaken(name, path + " " + what);
        case RangeChoice.Several(List<Path> folders) ->
            notTaken(
                name,
                "it is there more than once: "
                    + folders.stream().map(Path::toString).collect(Collectors.joining(", ")));
      }
    }
    return places;
  }

  /// The youngest copy that turns out good.
  private Ended nearest(List<Place> places, Wanted wanted) throws IOException {
    List<DriveSource> sources = new ArrayList<>();
    PassedOver passed = new PassedOver(wanted.project(), wanted.part());
    for (Place place : places) {
      source(place, wanted, passed).ifPresent(sources::add);
    }
    sources.sort(Comparator.comparing(DriveRestoreRun::lastChange).reversed());
    Ended ended = new Ended.NotFound();
    DriveRestoreReport last = null;
    for (DriveSource source : sources) {
      passed.requireSame(source);
      tellOfYounger(source, wanted);
      tellOfArchives(source, wanted);
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
      passed.requireSame(wanted.archives());
    }
    return ended;
  }

  private static Instant lastChange(DriveSource source) {
    return source.copy().lastChange().orElse(Instant.MIN);
  }

  private void tellOfYounger(DriveSource source, Wanted wanted) {
    wanted
        .away()
        .forEach(
            (drive, totals) -> {
              if (source.isOlderThan(totals)) {
                invocation
                    .console()
                    .warning(
                        Printable.of(
                            ("The copy on %s, which is not connected, has later changes than the"
                                    + " one on %s: connect %s if you want those.")
                                .formatted(drive, source.copy().where(), drive)));
              }
            });
  }

  /// What is in S3 is not read for that: the drive's copy is taken because it is near.
  private void tellOfArchives(DriveSource source, Wanted wanted) {
    for (CloudCopy archive : wanted.archives()) {
      if (!only && source.mayBeOlderThan(archive)) {
        CloudCopy.Content content = archive.content().orElseThrow();
        invocation
            .console()
            .warning(
                Printable.of(
                    ("The archive in S3%s is another state: %s, %s, and the copy on %s has %s, %s."
                            + " If you want that one: vat restore %s --from s3")
                        .formatted(
                            archive
                                .uploadedAt()
                                .map(at -> " of " + at.toString().substring(0, 10))
                                .orElse(""),
                            Counts.of(content.files(), "file"),
                            Sizes.of(content.bytes()),
                            source.copy().where(),
                            Counts.of(source.copy().files().size(), "file"),
                            Sizes.of(source.copy().bytes()),
                            ShellWord.of(wanted.project().value()))));
      }
    }
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

  /// Empty when it cannot count as whole, which is told.
  private Optional<DriveSource> source(Place place, Wanted wanted, PassedOver passed)
      throws IOException {
    DriveSource source;
    try {
      source = DriveSource.at(place.drive(), place.folder(), kinds);
    } catch (MhlException untrusted) {
      notTaken(
          place.drive(),
          "its checksum history cannot be trusted: "
              + untrusted.getMessage().replaceAll("\\.$", ""));
      invocation.console().note(Printable.of("  " + Faults.historyRemedy(untrusted) + "."));
      return Optional.empty();
    }
    Optional<String> lacks = source.lacks(wanted.part(), wanted.known());
    if (lacks.isEmpty() && !source.hasHistory() && !noOther) {
      lacks =
          Optional.of(
              "it has no checksum history, so nothing says whether it is whole (--from ssd takes it"
                  + " all the same; vat verify begins one)");
    }
    if (lacks.isPresent()) {
      notTaken(place.drive(), lacks.get());
      passed.notWhole(source);
      return Optional.empty();
    }
    return Optional.of(source);
  }

  private void notTaken(String drive, String why) {
    invocation
        .console()
        .warning(Printable.of("The copy on " + drive + " is not taken: " + why + "."));
  }

  static List<SsdCopy> copies(Catalog catalog, ProjectId project) {
    return Optional.ofNullable(catalog.projects().get(project))
        .map(ProjectEntry::ssd)
        .map(List::copyOf)
        .orElse(List.of());
  }

  private static List<CloudCopy> archives(Catalog catalog, ProjectId project) {
    return Optional.ofNullable(catalog.projects().get(project))
        .map(ProjectEntry::cloud)
        .orElse(List.of());
  }

  private static List<TreeTotals> totals(Catalog catalog, ProjectId project) {
    return copies(catalog, project).stream().flatMap(copy -> copy.totals().stream()).toList();
  }

  private static Map<String, TreeTotals> away(
      Catalog catalog, ProjectId project, ReachedDrives drives) {
    Map<String, TreeTotals> away = new TreeMap<>();
    for (SsdCopy copy : copies(catalog, project)) {
      if (!drives.reaches(copy)) {
        copy.totals().ifPresent(totals -> away.put(catalog.driveName(copy), totals));
      }
    }
    return away;
  }
}
