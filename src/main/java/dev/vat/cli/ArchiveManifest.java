package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.DriveId;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.lifecycle.PlacesLook;
import dev.vat.mhl.MhlHistory;
import dev.vat.project.ProjectId;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Brings the manifest up to date after archiving.
final class ArchiveManifest {
  private final Invocation invocation;
  private final CurrentRepository context;

  ArchiveManifest(Invocation invocation, CurrentRepository context) {
    this.invocation = invocation;
    this.context = context;
  }

  /// Looks at all places, and notes when the new copies were verified.
  ///
  /// @param drive which the copies are on
  /// @param copies the folders there that were proven, by project; empty for one that was not
  void update(DriveId drive, Map<ProjectId, Optional<Path>> copies) throws IOException {
    update(
        "vat archive",
        (catalog, _) -> {
          Catalog after = catalog;
          for (Map.Entry<ProjectId, Optional<Path>> copy : copies.entrySet()) {
            if (copy.getValue().isPresent()) {
              after = verified(after, drive, copy.getKey(), copy.getValue().get());
            }
          }
          return after;
        });
  }

  /// Looks at all places, and notes that a copy is not what its checksum history says.
  void damaged(DriveId drive, ProjectId project) throws IOException {
    update(
        "vat archive",
        (catalog, now) ->
            copy(catalog, drive, project)
                .map(copy -> catalog.withCopy(project, copy.damaged(now)))
                .orElse(catalog));
  }

  private static Optional<SsdCopy> copy(Catalog catalog, DriveId drive, ProjectId project) {
    return Optional.ofNullable(catalog.projects().get(project))
        .flatMap((ProjectEntry entry) -> entry.on(drive));
  }

  /// What a command knows beyond what a look tells.
  interface Knowledge {
    /// @param now the time of the look
    Catalog added(Catalog catalog, Instant now) throws IOException;
  }

  /// Looks at all places but S3, and adds what is known besides.
  ///
  /// @param what the command, told to whoever finds the manifest locked
  void update(String what, Knowledge besides) throws IOException {
    InstantSource clock = invocation.surroundings().clock();
    KnownDrives known = KnownDrives.of(invocation, context);
    try (ProjectLock _ = ProjectLock.takeManifest(context.stateFolder(), what, clock)) {
      Instant now = clock.instant();
      Catalog before = known.file().read();
      PlacesLook.Seen seen = known.look(invocation, context).look(before, false, false, now);
      Catalog written = besides.added(before.after(seen.sighting(), now), now);
      known.file().update(known.places(), _ -> written);
      FoundTexts.update(invocation, context, seen, now)
          .remarks()
          .forEach(remark -> invocation.console().note(Printable.of(remark)));
    }
  }

  /// With when a copy was verified, by its checksum history.
  static Catalog verified(Catalog catalog, DriveId drive, ProjectId project, Path folder)
      throws IOException {
    Optional<SsdCopy> copy = copy(catalog, drive, project);
    if (copy.isEmpty() || copy.get().totals().isEmpty() || !MhlHistory.exists(folder)) {
      return catalog;
    }
    MhlHistory history = MhlHistory.read(folder);
    // What the drive has beyond what was recorded was not verified.
    boolean all = copy.get().totals().get().files() == history.files().size();
    return all && history.lastVerifiedAt().isPresent()
        ? catalog.withCopy(
            project,
            new SsdCopy(
                copy.get().drive(),
                copy.get().path(),
                copy.get().totals(),
                copy.get().seenAt(),
                history.lastVerifiedAt()))
        : catalog;
  }
}
