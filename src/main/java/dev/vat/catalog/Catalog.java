package dev.vat.catalog;

import dev.vat.project.ProjectId;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Which copies of which projects exist, on which drives: what `projects.json` holds.
///
/// @param updatedAt when the places were last looked at; empty when never
/// @param primaryDrive the one that `SSD_BASE` is known to name; empty when none was ever seen
///     there
/// @param drives by id, sorted
/// @param projects by id, sorted
public record Catalog(
    Optional<Instant> updatedAt,
    Optional<DriveId> primaryDrive,
    SortedMap<DriveId, KnownDrive> drives,
    SortedMap<ProjectId, ProjectEntry> projects) {
  public Catalog {
    drives = Collections.unmodifiableSortedMap(new TreeMap<>(drives));
    projects = Collections.unmodifiableSortedMap(new TreeMap<>(projects));
  }

  /// Nothing was ever looked at.
  public static Catalog empty() {
    return new Catalog(Optional.empty(), Optional.empty(), new TreeMap<>(), new TreeMap<>());
  }

  /// The same after a look. A place that was not there keeps its facts, with the dates they have;
  /// of one that was, what is gone is gone. When a copy was verified is kept for as long as it is
  /// found in the same place with the same size and number of files: otherwise something else was
  /// verified. A folder that could not be listed keeps its facts as well. That a copy is damaged,
  /// as the look says by its checksum history, counts unless it was proven since.
  ///
  /// @param seen without a drive that [#isStrange]
  /// @param now the time of the look
  public Catalog after(Sighting seen, Instant now) {
    Catalog marked = this;
    for (DriveSighting one : seen.drives()) {
      if (one.drive().isPresent()) {
        marked = marked.withDrive(one.drive().get());
        marked = one.primary() ? marked.withPrimary(one.drive().get().id()) : marked;
      }
    }
    TreeSet<ProjectId> ids = new TreeSet<>(projects.keySet());
    ids.addAll(seen.local().keySet());
    seen.drives().forEach(drive -> ids.addAll(drive.copies().keySet()));
    seen.cloud().archives().ifPresent(archives -> ids.addAll(archives.copies().keySet()));
    SortedMap<ProjectId, ProjectEntry> merged = new TreeMap<>();
    for (ProjectId id : ids) {
      ProjectEntry entry = marked.merged(id, Optional.ofNullable(projects.get(id)), seen);
      if (entry.existsSomewhere()) {
        merged.put(id, entry);
      }
    }
    return new Catalog(Optional.of(now), marked.primaryDrive, marked.drives, merged);
  }

  /// The same with what is known of one drive put in the place of what was.
  public Catalog withDrive(KnownDrive drive) {
    SortedMap<DriveId, KnownDrive> changed = new TreeMap<>(drives);
    changed.put(drive.id(), drive);
    return new Catalog(updatedAt, primaryDrive, changed, projects);
  }

  /// The same with another drive as the one that `SSD_BASE` names.
  public Catalog withPrimary(DriveId drive) {
    return new Catalog(updatedAt, Optional.of(drive), drives, projects);
  }

  /// The same with one copy on a drive, in the place of what was known of the project there. That
  /// it is damaged stays known until something proves it.
  ///
  /// @param copy says its drive, which is a known one; says none when that cannot be marked
  public Catalog withCopy(ProjectId id, SsdCopy copy) {
    ProjectEntry before = projects.getOrDefault(id, ProjectEntry.unknown(id));
    List<SsdCopy> copies = new ArrayList<>();
    SsdCopy now = copy;
    for (SsdCopy known : before.ssd()) {
      boolean replaced =
          known.drive().equals(copy.drive())
              || known.drive().isEmpty() && primaryDrive.equals(copy.drive());
      if (replaced) {
        now = now.knowing(known);
      } else {
        copies.add(known);
      }
    }
    copies.add(now);
    return with(before.withSsd(sorted(copies)));
  }

  /// The same with what the active folder holds, as it was just looked at; nothing changes where
  /// none is known.
  public Catalog withActive(ProjectId id, TreeTotals totals) {
    ProjectEntry before = projects.get(id);
    return before == null ? this : with(before.withActive(totals));
  }

  /// The same with one archive object, in the place of what was known of it: after it was stored,
  /// moved to another storage class, thawed or verified.
  ///
  /// @param copy as it is now; what only earlier looks can know of it stays known
  public Catalog withCloud(ProjectId id, CloudCopy copy) {
    ProjectEntry before = projects.getOrDefault(id, ProjectEntry.unknown(id));
    List<CloudCopy> copies = new ArrayList<>();
    boolean known = false;
    for (CloudCopy one : before.cloud()) {
      copies.add(one.isSameObject(copy) ? copy.knowing(one) : one);
      known |= one.isSameObject(copy);
    }
    if (!known) {
      copies.add(copy);
    }
    return with(before.withCloud(copies));
  }

  /// The same when an archive object was found not to hold what it should, or gone: no earlier
  /// proof of it counts any more.
  ///
  /// @param at when that was found
  public Catalog withDamaged(ProjectId id, String bucket, String key, Instant at) {
    ProjectEntry before = projects.get(id);
    if (before == null) {
      return this;
    }
    return with(
        before.withCloud(
            before.cloud().stream()
                .map(one -> one.isObject(bucket, key) ? one.damaged(at) : one)
                .toList()));
  }

  private Catalog with(ProjectEntry entry) {
    SortedMap<ProjectId, ProjectEntry> changed = new TreeMap<>(projects);
    changed.put(entry.id(), entry);
    return new Catalog(updatedAt, primaryDrive, drives, changed);
  }

  /// The same with nothing known on a drive any more, when it is gone for good.
  public Catalog withoutDrive(DriveId drive) {
    SortedMap<DriveId, KnownDrive> left = new TreeMap<>(drives);
    left.remove(drive);
    SortedMap<ProjectId, ProjectEntry> changed = new TreeMap<>();
    for (ProjectEntry entry : projects.values()) {
      List<SsdCopy> copies =
          entry.ssd().stream().filter(copy -> !copy.drive().equals(Optional.of(drive))).toList();
      ProjectEntry without = entry.withSsd(copies);
      if (without.existsSomewhere()) {
        changed.put(entry.id(), without);
      }
    }
    return new Catalog(
        updatedAt, primaryDrive.filter(primary -> !primary.equals(drive)), left, changed);
  }

  /// The known drives that go by a name, or have that id; capital letters are not told apart.
  public List<KnownDrive> drivesNamed(String given) {
    String wanted = Normalizer.normalize(given, Normalizer.Form.NFC).strip();
    return drives.values().stream()
        .filter(d -> d.name().equalsIgnoreCase(wanted) || d.id().value().equalsIgnoreCase(wanted))
        .toList();
  }

  /// The name to show for where a copy is.
  public String driveName(SsdCopy copy) {
    return copy.drive().map(drives::get).map(KnownDrive::name).orElse("the SSD");
  }

  /// Whether a drive that shows no id file holds none of the projects that the SSD is known to
  /// hold: then it is another drive, or an empty folder in its place, and tells nothing about the
  /// SSD. Only asked while no drive is known by its id.
  public boolean isStrange(Collection<ProjectId> onDrive) {
    Set<ProjectId> known = new TreeSet<>();
    projects.values().stream()
        .filter(project -> project.ssd().stream().anyMatch(copy -> copy.drive().isEmpty()))
        .forEach(project -> known.add(project.id()));
    return !known.isEmpty() && Collections.disjoint(known, onDrive);
  }

  /// The projects that another catalog has and this one no more, sorted.
  public List<ProjectId> lostSince(Catalog before) {
    return before.projects.keySet().stream().filter(id -> !projects.containsKey(id)).toList();
  }

  private ProjectEntry merged(ProjectId id, Optional<ProjectEntry> known, Sighting seen) {
    List<SsdCopy> before = known.map(ProjectEntry::ssd).orElse(List.of());
    List<SsdCopy> copies = new ArrayList<>();
    before.stream()
        .filter(copy -> seen.drives().stream().noneMatch(drive -> drive.tellsOf(copy)))
        .forEach(copies::add);
    for (DriveSighting drive : seen.drives()) {
      SsdCopy now = drive.copies().get(id);
      boolean another = copies.stream().anyMatch(kept -> kept.drive().equals(drive.id()));
      if (now != null && !another) {
        Optional<Instant> verifiedAt =
            before.stream()
                .filter(old -> drive.tellsOf(old) && old.isAsMuchAs(now))
                .flatMap(old -> old.verifiedAt().stream())
                .max(Instant::compareTo);
        SsdCopy found = new SsdCopy(drive.id(), now.path(), now.totals(), now.seenAt(), verifiedAt);
        for (SsdCopy old : before) {
          found = drive.tellsOf(old) ? found.knowing(old) : found;
        }
        // Damage that the history tells of counts as what was known, if that was nothing.
        copies.add(found.knowing(now));
      }
    }
    List<LocalCopy> unread =
        known.map(ProjectEntry::local).orElse(List.of()).stream()
            .filter(copy -> seen.unread().cover(copy.path()))
            .toList();
    boolean activeUnread =
        unread.stream().anyMatch(copy -> copy.structure() == LocalCopy.Structure.FLAT);
    return new ProjectEntry(
        id,
        Stream.concat(seen.local().getOrDefault(id, List.of()).stream(), unread.stream())
            .sorted(Comparator.comparing(LocalCopy::structure).thenComparing(LocalCopy::path))
            .toList(),
        sorted(copies),
        inCloud(id, known.map(ProjectEntry::cloud).orElse(List.of()), seen.cloud()),
        Optional.ofNullable(seen.staging().get(id))
            .or(() -> activeUnread ? known.flatMap(ProjectEntry::staging) : Optional.empty()),
        seen.cloud()
            .shared()
            .map(shared -> Optional.ofNullable(shared.get(id)))
            .orElseGet(() -> known.flatMap(ProjectEntry::shared)));
  }

  /// Objects of places that were not listed keep their facts; of one that was, what is gone is
  /// gone.
  private static List<CloudCopy> inCloud(ProjectId id, List<CloudCopy> before, CloudSighting seen) {
    if (seen.archives().isEmpty()) {
      return before;
    }
    CloudSighting.Archives archives = seen.archives().get();
    List<CloudCopy> copies = new ArrayList<>();
    for (CloudCopy now : archives.copies().getOrDefault(id, List.of())) {
      copies.add(
          before.stream().filter(now::isSameObject).findFirst().map(now::knowing).orElse(now));
    }
    before.stream().filter(known -> !archives.tellsOf(known)).forEach(copies::add);
    return copies;
  }

  /// The one on the primary drive first, the others by name.
  private List<SsdCopy> sorted(List<SsdCopy> copies) {
    return copies.stream()
        .sorted(
            Comparator.comparing(
                    (SsdCopy copy) ->
                        copy.drive().isPresent() && !copy.drive().equals(primaryDrive))
                .thenComparing(this::driveName)
                .thenComparing(copy -> copy.drive().map(DriveId::value).orElse("")))
        .toList();
  }
}
