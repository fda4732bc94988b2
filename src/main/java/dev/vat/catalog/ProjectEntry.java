package dev.vat.catalog;

import dev.vat.project.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One project and where its copies are: an entry of `projects.json`.
///
/// @param local the active folder first; more than one only when somebody left both
/// @param ssd the copies on SSDs, at most one for each drive; that of the primary drive first
/// @param s3 the archive object
public record ProjectEntry(
    ProjectId id,
    List<LocalCopy> local,
    List<SsdCopy> ssd,
    Optional<CloudCopy> s3,
    Optional<StagedFiles> staging) {
  public ProjectEntry {
    local = List.copyOf(local);
    ssd = List.copyOf(ssd);
  }

  /// The one folder that counts: the active one, if there is one.
  public Optional<LocalCopy> primaryLocal() {
    return local.stream().findFirst();
  }

  /// The copy on an SSD that is shown where there is room for one.
  public Optional<SsdCopy> primarySsd() {
    return ssd.stream().findFirst();
  }

  /// The copy on a drive.
  public Optional<SsdCopy> on(DriveId drive) {
    return ssd.stream().filter(copy -> copy.drive().equals(Optional.of(drive))).findFirst();
  }

  /// How many copies seem to be whole: active folders, SSDs, S3. What is below `archived/` holds
  /// light files alone, and a folder on an SSD that has less than an active one is no whole copy.
  /// That it has as much proves nothing: only verifying does.
  public int wholeCopies() {
    return (int) flat().count()
        + (int) ssd.stream().filter(copy -> !hasLess(copy)).count()
        + (s3.isPresent() ? 1 : 0);
  }

  /// Whether a copy on an SSD has fewer files or bytes than an active folder here, or nobody
  /// counted them.
  public boolean hasLess(SsdCopy copy) {
    return flat()
        .map(LocalCopy::totals)
        .anyMatch(
            here ->
                copy.totals()
                    .filter(t -> t.files() >= here.files() && t.bytes() >= here.bytes())
                    .isEmpty());
  }

  private Stream<LocalCopy> flat() {
    return local.stream().filter(copy -> copy.structure() == LocalCopy.Structure.FLAT);
  }

  /// Whether any copy is known.
  public boolean existsSomewhere() {
    return !local.isEmpty() || !ssd.isEmpty() || s3.isPresent();
  }

  /// When the youngest file of any copy was modified; empty when nobody looked yet.
  public Optional<Instant> lastChange() {
    return totals().flatMap(totals -> totals.lastChange().stream()).max(Instant::compareTo);
  }

  /// The size of the biggest copy: what the project takes when it is whole.
  public long bytes() {
    return Math.max(
        totals().mapToLong(TreeTotals::bytes).max().orElse(0),
        s3.map(copy -> copy.bytes().orElse(0)).orElse(0L));
  }

  private Stream<TreeTotals> totals() {
    return Stream.concat(
        local.stream().map(LocalCopy::totals),
        ssd.stream().flatMap(copy -> copy.totals().stream()));
  }
}
