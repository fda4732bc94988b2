package dev.vat.staging;

import dev.vat.cloud.ETag;
import dev.vat.project.Md5;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What the team notes about one staged project beside its objects: the content of `metadata.json`.
///
/// It is a convenience: it spares questions to S3 and remembers removals. The objects themselves
/// decide; an entry counts only while its [Entry#etag] is the object's current one.
///
/// @param lastSync when `up` or `cleanup` last changed something; empty when nobody has
/// @param lastSyncBy who did
/// @param files by name
/// @param removed by name; an object that is present beats its tombstone
public record StagingMetadata(
    String repo,
    ProjectId project,
    Optional<Instant> lastSync,
    Optional<String> lastSyncBy,
    SortedMap<RelativeName, Entry> files,
    SortedMap<RelativeName, Tombstone> removed) {

  public StagingMetadata {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
  }

  /// One staged file.
  ///
  /// @param etag the version that the other facts are about
  public record Entry(
      RelativeName name,
      long sizeBytes,
      Md5 md5,
      Optional<String> uploadedBy,
      Optional<Instant> uploadedAt,
      Optional<Instant> modifiedAt,
      ETag etag) {}

  static StagingMetadata empty(StagedPlace place) {
    return new StagingMetadata(
        place.repo(),
        place.project(),
        Optional.empty(),
        Optional.empty(),
        new TreeMap<>(),
        new TreeMap<>());
  }

  /// The same with what was just uploaded. A tombstone goes with it only when the uploader had seen
  /// it: one that is newer is about the upload itself.
  StagingMetadata withUploaded(Map<RelativeName, Entry> entries, StagingMetadata seen) {
    return changed(
        newFiles -> newFiles.putAll(entries),
        newRemoved ->
            entries.keySet().forEach(name -> newRemoved.remove(name, seen.removed.get(name))));
  }

  /// The same with what the objects themselves told, unless somebody has noted something newer
  /// meanwhile.
  StagingMetadata withFound(Map<RelativeName, Entry> entries, StagingMetadata seen) {
    return changed(
        newFiles ->
            entries.forEach(
                (name, entry) -> {
                  if (Objects.equals(files.get(name), seen.files.get(name))) {
                    newFiles.put(name, entry);
                  }
                }),
        newRemoved -> {});
  }

  /// The same without entries that are still exactly these: one that somebody renewed meanwhile
  /// stays.
  StagingMetadata without(Map<RelativeName, Entry> outdated) {
    return changed(newFiles -> outdated.forEach(newFiles::remove), newRemoved -> {});
  }

  /// The same with tombstones put in, and the entries of the removed versions taken out.
  StagingMetadata withRemoved(Map<RelativeName, Tombstone> tombstones) {
    return changed(
        newFiles -> newFiles.keySet().removeAll(tombstones.keySet()),
        newRemoved -> newRemoved.putAll(tombstones));
  }

  /// The same without tombstones that are still exactly these.
  StagingMetadata withoutRemoved(Map<RelativeName, Tombstone> mistaken) {
    return changed(newFiles -> {}, newRemoved -> mistaken.forEach(newRemoved::remove));
  }

  StagingMetadata syncedBy(String user, Instant now) {
    return new StagingMetadata(repo, project, Optional.of(now), Optional.of(user), files, removed);
  }

  private StagingMetadata changed(
      Consumer<SortedMap<RelativeName, Entry>> files,
      Consumer<SortedMap<RelativeName, Tombstone>> removed) {
    SortedMap<RelativeName, Entry> newFiles = new TreeMap<>(this.files);
    files.accept(newFiles);
    SortedMap<RelativeName, Tombstone> newRemoved = new TreeMap<>(this.removed);
    removed.accept(newRemoved);
    return new StagingMetadata(repo, project, lastSync, lastSyncBy, newFiles, newRemoved);
  }
}
