package dev.vat.lifecycle;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.DriveSighting;
import dev.vat.catalog.KnownDrive;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.Sighting;
import dev.vat.catalog.SsdCopy;
import dev.vat.index.SeenCopy;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One look at all places that can be looked at now: the repository, the drive that `SSD_BASE`
/// names, and every other known drive that is connected.
public final class PlacesLook {
  private final Drives drives;
  private final Survey survey;

  public PlacesLook(Drives drives, Survey survey) {
    this.drives = drives;
    this.survey = survey;
  }

  /// What came of it.
  ///
  /// @param found what was counted
  /// @param sighting what of it counts
  /// @param primary the drive that `SSD_BASE` names, as it turned out
  /// @param away other known drives that could not be looked at
  /// @param folders every folder that was looked at and counts, for the index
  /// @param drives those of the drives that were looked at and count, as the index names them
  /// @param unread projects with a folder that could not be listed: what was known of it stays
  public record Seen(
      Survey.Found found,
      Sighting sighting,
      Located primary,
      List<Located.Unusable> away,
      List<SeenCopy> folders,
      Set<String> drives,
      Set<ProjectId> unread) {
    public Seen {
      unread = Set.copyOf(unread);
      away = List.copyOf(away);
      folders = List.copyOf(folders);
      drives = Set.copyOf(drives);
    }

    /// Every project that was found somewhere.
    public Set<ProjectId> projects() {
      Set<ProjectId> all = new HashSet<>(sighting.local().keySet());
      sighting.drives().forEach(drive -> all.addAll(drive.copies().keySet()));
      return all;
    }

    /// Whether what `SSD_BASE` names was looked at, and counts.
    public boolean primarySeen() {
      return sighting.drives().stream().anyMatch(DriveSighting::primary);
    }
  }

  /// Looks now. A drive without an id file gets one when no other is expected at its place.
  ///
  /// @param known what was known before
  /// @param anotherSsd whether what is at `SSD_BASE` is the SSD from now on, whatever was before
  /// @param dryRun whether nothing may be written to a drive
  /// @throws IOException as [Survey#look]
  public Seen look(Catalog known, boolean anotherSsd, boolean dryRun, Instant now)
      throws IOException {
    Located primary = anotherSsd ? drives.atSsdBase(known) : drives.primary(known);
    List<Located.Readable> readable = new ArrayList<>();
    if (primary instanceof Located.Readable there) {
      readable.add(there);
    }
    List<Located.Connected> others = new ArrayList<>();
    List<Located.Unusable> away = new ArrayList<>();
    for (KnownDrive drive : known.drives().values()) {
      boolean isPrimary =
          primary instanceof Located.Readable there
              ? there.label().id().equals(drive.id())
              : known.primaryDrive().equals(Optional.of(drive.id()));
      if (!isPrimary) {
        switch (drives.located(drive, known)) {
          case Located.Connected there -> others.add(there);
          case Located.Unmarked _ -> throw new IllegalStateException(drive + " without its id");
          case Located.Unusable not -> away.add(not);
        }
      }
    }
    readable.addAll(others);
    Survey.Found found = survey.look(readable, now);
    RecordedDamage damage = new RecordedDamage(known);
    List<DriveSighting> sightings = new ArrayList<>();
    List<SeenCopy> folders = new ArrayList<>(found.folders().getFirst());
    folders.addAll(found.unread().getFirst().folders());
    Set<String> seen = new HashSet<>();
    if (primary instanceof Located.Readable there) {
      Map<ProjectId, SsdCopy> copies = damage.in(found.drives().getFirst(), there, true);
      primary = marked(there, copies, known, anotherSsd, dryRun);
      Optional<KnownDrive> drive =
          primary instanceof Located.Readable still ? Optional.of(still.drive()) : Optional.empty();
      if (drive.isPresent() || primary instanceof Located.CannotMark) {
        sightings.add(
            new DriveSighting(
                drive.map(one -> one.seen(now)), true, copies, found.unread().get(1).where()));
        String base = there.base().toString();
        String name = drive.map(one -> one.id().value()).orElse(base);
        found.folders().get(1).forEach(folder -> folders.add(folder.on(name)));
        found.unread().get(1).folders().forEach(folder -> folders.add(folder.on(name)));
        // Its path, too: what was indexed before it could be marked is there no more.
        seen.addAll(List.of(name, base));
      }
    }
    int first = readable.size() - others.size();
    for (int i = 0; i < others.size(); i++) {
      sightings.add(
          new DriveSighting(
              Optional.of(others.get(i).drive().seen(now)),
              false,
              damage.in(found.drives().get(first + i), others.get(i), false),
              found.unread().get(1 + first + i).where()));
      String name = others.get(i).drive().id().value();
      found.folders().get(1 + first + i).forEach(folder -> folders.add(folder.on(name)));
      found.unread().get(1 + first + i).folders().forEach(folder -> folders.add(folder.on(name)));
      seen.add(name);
    }
    Sighting sighting =
        new Sighting(found.local(), found.staging(), sightings, found.unread().getFirst().where());
    return new Seen(
        found.remarking(damage.remarks()),
        sighting,
        primary,
        away,
        folders,
        seen,
        unread(found, sighting, known));
  }

  /// What cannot be read and was never known as a project (`lost+found`, say) is none of these.
  private static Set<ProjectId> unread(Survey.Found found, Sighting sighting, Catalog known) {
    Set<ProjectId> unread = new HashSet<>();
    found.unread().forEach(there -> unread.addAll(there.projects()));
    known.projects().values().stream()
        .filter(project -> couldNotRead(project, sighting))
        .forEach(project -> unread.add(project.id()));
    return unread;
  }

  private static boolean couldNotRead(ProjectEntry project, Sighting sighting) {
    return project.local().stream().anyMatch(copy -> sighting.unread().cover(copy.path()))
        || project.ssd().stream()
            .anyMatch(
                copy -> sighting.drives().stream().anyMatch(drive -> drive.couldNotRead(copy)));
  }

  /// The primary drive once it has been seen what is on it, and it has its id file.
  private Located marked(
      Located.Readable primary,
      Map<ProjectId, SsdCopy> copies,
      Catalog known,
      boolean anotherSsd,
      boolean dryRun) {
    boolean strange =
        !anotherSsd && known.primaryDrive().isEmpty() && known.isStrange(copies.keySet());
    return switch (primary) {
      // Another repository may have marked it.
      case Located.Readable there when strange -> new Located.Strange(there.base());
      case Located.Connected there -> there;
      case Located.Unmarked there when dryRun -> there;
      case Located.Unmarked there -> drives.adopt(there);
    };
  }
}
