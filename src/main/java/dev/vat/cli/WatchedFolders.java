package dev.vat.cli;

import dev.vat.disk.FolderEvents;
import dev.vat.disk.StillFiles;
import dev.vat.disk.UnfinishedFiles;
import dev.vat.project.ProjectId;
import dev.vat.project.Repository;
import dev.vat.staging.StagedFolders;
import dev.vat.staging.StagedFolders.Staged;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// This computer's side of a watch: which files have come to rest and are still to be dealt with.
final class WatchedFolders {
  /// Where nothing tells that something changed.
  private static final Duration SCAN_EVERY = Duration.ofSeconds(5);

  private static final int NEW_FOLDERS_AT_ONCE = 3;

  private final WatchLoop.Wishes wishes;
  private final Repository repository;
  private final FolderEvents events;
  private final WatchReport report;
  private final StagedFolders folders;
  private final StillFiles still;
  private final UnfinishedFiles unfinished;
  private StagedFolders.Found found;

  WatchedFolders(
      WatchLoop.Wishes wishes,
      CollabAccess access,
      FolderEvents events,
      WatchReport report,
      InstantSource clock) {
    this.wishes = wishes;
    this.repository = access.context().repository();
    this.events = events;
    this.report = report;
    this.folders = new StagedFolders(repository, access.kinds(), wishes.wanted());
    this.still = new StillFiles(wishes.settle());
    this.unfinished = new UnfinishedFiles(clock);
  }

  /// Looks now, and has the folders that came watched from now on. What cannot be listed is told,
  /// and what was found last holds.
  void look(Instant now) {
    boolean first = found == null;
    try {
      found = folders.look();
      for (int round = 0; round < NEW_FOLDERS_AT_ONCE; round++) {
        if (!events.watch(repository.root(), found.folders())) {
          break;
        }
        found = folders.look();
      }
    } catch (IOException fault) {
      report.lasting(null, "folders", List.of(WatchReport.words(fault)));
      return;
    }
    report.lasting(null, "folders", List.of());
    if (first) {
      report.watching(repository.folderName(), found.projects(), wishes.pull(), wishes.settle());
    }
    events.scanning().ifPresent(why -> report.scanning(why, SCAN_EVERY));
    still.look(found.stamps(), now, unfinished);
    report.lasting(
        null,
        "failures",
        found.failures().entrySet().stream()
            .map(
                one ->
                    Printable.of(one.getKey().value()) + ": " + WatchReport.words(one.getValue()))
            .toList());
    report.lasting(
        null, "unfinished", still.unfinished().entrySet().stream().map(this::waiting).toList());
  }

  private String waiting(Map.Entry<Path, String> file) {
    Staged staged = found.files().get(file.getKey());
    String name = staged.project() + "/" + staged.name();
    return Printable.of(name) + " waits: " + Printable.of(file.getValue());
  }

  /// The files that are to be dealt with, by project.
  SortedMap<ProjectId, List<Staged>> ready() {
    SortedMap<ProjectId, List<Staged>> ready = new TreeMap<>();
    still.ready().stream()
        .map(stamp -> found.files().get(stamp.path()))
        .forEach(file -> ready.computeIfAbsent(file.project(), _ -> new ArrayList<>()).add(file));
    return ready;
  }

  /// No more is to be done about these while they stay as they are.
  void done(Collection<Staged> files) {
    files.forEach(file -> still.done(file.stamp()));
  }

  /// Whether a change is worth a look of its own, or the next one comes soon enough.
  boolean waitForChanges() {
    return !still.isMoving();
  }

  /// How long the next look may be off.
  Duration untilNextLook() {
    Duration most = events.isWatching() ? wishes.poll() : SCAN_EVERY;
    Duration moving = wishes.settle().dividedBy(4);
    return still.isMoving() && moving.compareTo(most) < 0 ? moving : most;
  }
}
