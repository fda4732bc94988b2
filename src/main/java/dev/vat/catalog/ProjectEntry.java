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
/// @param cloud the archive objects in S3; the one that counts first
/// @param staging what lies in `s3-staging/` on this computer
/// @param shared what the team shares of it through S3
public record ProjectEntry(
    ProjectId id,
    List<LocalCopy> local,
    List<SsdCopy> ssd,
    List<CloudCopy> cloud,
    Optional<StagedFiles> staging,
    Optional<SharedFiles> shared) {
  public ProjectEntry {
    local = List.copyOf(local);
    ssd = List.copyOf(ssd);
    cloud = List.copyOf(cloud);
  }

  /// One with at most one archive object, of which nothing is known to be shared.
  public ProjectEntry(
      ProjectId id,
      List<LocalCopy> local,
      List<SsdCopy> ssd,
      Optional<CloudCopy> s3,
      Optional<StagedFiles> staging) {
    this(id, local, ssd, s3.stream().toList(), staging, Optional.empty());
  }

  /// One of which nothing is known.
  static ProjectEntry unknown(ProjectId id) {
    return new ProjectEntry(id, List.of(), List.of(), Optional.empty(), Optional.empty());
  }

  /// The archive object that counts.
  public Optional<CloudCopy> s3() {
    return cloud.stream().findFirst();
  }

  ProjectEntry withActive(TreeTotals totals) {
    List<LocalCopy> now =
        local.stream()
            .map(
                copy ->
                    copy.structure() == LocalCopy.Structure.FLAT
                        ? new LocalCopy(copy.structure(), copy.path(), totals)
                        : copy)
            .toList();
    return new ProjectEntry(id, now, ssd, cloud, staging, shared);
  }

  ProjectEntry withSsd(List<SsdCopy> copies) {
    return new ProjectEntry(id, local, copies, cloud, staging, shared);
  }

  ProjectEntry withCloud(List<CloudCopy> copies) {
    return new ProjectEntry(id, local, ssd, copies, staging, shared);
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

  /// How many copies seem to be whole, by what is known of all of them: see [Wholeness].
  public int wholeCopies() {
    Wholeness whole = wholeness();
    return (int) local.stream().filter(whole::of).count()
        + (int) ssd.stream().filter(whole::of).count()
        + (cloud.stream().anyMatch(whole::of) ? 1 : 0);
  }

  /// Whether any copy was found damaged, and not proven since.
  public boolean hasDamagedCopy() {
    return ssd.stream().anyMatch(copy -> copy.damagedAt().isPresent())
        || cloud.stream().anyMatch(copy -> copy.damagedAt().isPresent());
  }

  /// Whether the project would be whole nowhere that is known without what is on one drive.
  public boolean isWholeNowhereBut(DriveId drive) {
    boolean there = on(drive).filter(wholeness()::of).isPresent();
    return on(drive).isPresent() && wholeCopies() == (there ? 1 : 0);
  }

  /// Whether a copy on an SSD has fewer files or bytes than an active folder here, or nobody
  /// counted them.
  public boolean hasLess(SsdCopy copy) {
    return wholeness().moreThan(copy).here();
  }

  Wholeness wholeness() {
    return new Wholeness(this);
  }

  /// Whether any copy is known.
  public boolean existsSomewhere() {
    return !local.isEmpty() || !ssd.isEmpty() || !cloud.isEmpty();
  }

  /// When the youngest file of any copy was modified; empty when nobody looked yet.
  public Optional<Instant> lastChange() {
    return totals().flatMap(totals -> totals.lastChange().stream()).max(Instant::compareTo);
  }

  /// The size of the biggest copy: what the project takes when it is whole.
  public long bytes() {
    return Math.max(
        totals().mapToLong(TreeTotals::bytes).max().orElse(0),
        s3().map(copy -> copy.bytes().orElse(0)).orElse(0L));
  }

  private Stream<TreeTotals> totals() {
    return Stream.concat(
        local.stream().map(LocalCopy::totals),
        ssd.stream().flatMap(copy -> copy.totals().stream()));
  }
}
