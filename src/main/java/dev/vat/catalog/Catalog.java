package dev.vat.catalog;

import dev.vat.project.ProjectId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which copies of which projects exist: what `projects.json` holds.
///
/// @param updatedAt when the places were last looked at; empty when never
/// @param projects by id, sorted
public record Catalog(Optional<Instant> updatedAt, SortedMap<ProjectId, ProjectEntry> projects) {
  public Catalog {
    projects = Collections.unmodifiableSortedMap(new TreeMap<>(projects));
  }

  /// Nothing was ever looked at.
  public static Catalog empty() {
    return new Catalog(Optional.empty(), new TreeMap<>());
  }

  /// The same after a look. A place that was not there keeps its facts, with the dates they have;
  /// of one that was, what is gone is gone. When a copy was verified is kept for as long as it is
  /// found in the same place with the same size and number of files: otherwise something else was
  /// verified.
  ///
  /// @param seen without an SSD that [#isStrange]
  /// @param now the time of the look
  public Catalog after(Sighting seen, Instant now) {
    TreeSet<ProjectId> ids = new TreeSet<>(projects.keySet());
    ids.addAll(seen.local().keySet());
    seen.ssd().ifPresent(there -> ids.addAll(there.keySet()));
    SortedMap<ProjectId, ProjectEntry> merged = new TreeMap<>();
    for (ProjectId id : ids) {
      ProjectEntry entry = merged(id, Optional.ofNullable(projects.get(id)), seen);
      if (entry.existsSomewhere()) {
        merged.put(id, entry);
      }
    }
    return new Catalog(Optional.of(now), merged);
  }

  /// Whether the drive that was looked at holds none of the projects that the SSD is known to hold:
  /// then it is another drive, or an empty folder in its place, and tells nothing about the SSD.
  public boolean isStrange(Map<ProjectId, SsdCopy> onDrive) {
    Set<ProjectId> known = new TreeSet<>();
    projects.values().stream().filter(p -> p.ssd().isPresent()).forEach(p -> known.add(p.id()));
    return !known.isEmpty() && Collections.disjoint(known, onDrive.keySet());
  }

  /// The projects that another catalog has and this one no more, sorted.
  public List<ProjectId> lostSince(Catalog before) {
    return before.projects.keySet().stream().filter(id -> !projects.containsKey(id)).toList();
  }

  private static ProjectEntry merged(ProjectId id, Optional<ProjectEntry> known, Sighting seen) {
    Optional<SsdCopy> before = known.flatMap(ProjectEntry::ssd);
    Optional<SsdCopy> ssd =
        seen.ssd().isEmpty()
            ? before
            : Optional.ofNullable(seen.ssd().get().get(id))
                .map(copy -> stillVerified(copy, before));
    return new ProjectEntry(
        id,
        seen.local().getOrDefault(id, List.of()),
        ssd,
        known.flatMap(ProjectEntry::s3),
        Optional.ofNullable(seen.staging().get(id)));
  }

  private static SsdCopy stillVerified(SsdCopy now, Optional<SsdCopy> before) {
    Optional<Instant> verifiedAt =
        before.filter(old -> sameAmount(old, now)).flatMap(SsdCopy::verifiedAt);
    return new SsdCopy(now.path(), now.totals(), now.seenAt(), verifiedAt);
  }

  private static boolean sameAmount(SsdCopy one, SsdCopy other) {
    return one.path().equals(other.path())
        && one.totals().map(TreeTotals::bytes).equals(other.totals().map(TreeTotals::bytes))
        && one.totals().map(TreeTotals::files).equals(other.totals().map(TreeTotals::files));
  }
}
