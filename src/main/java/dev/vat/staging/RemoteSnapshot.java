package dev.vat.staging;

import dev.vat.project.RelativeName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// What S3 holds of one staged project, at one moment.
///
/// @param files by name
/// @param notes the team's notes as they were read; without entries when there are none
/// @param health in what state the notes were found
/// @param refused keys that no file here can have; they are shown, and never touched
/// @param outdated entries of the notes whose object is not there any more
public record RemoteSnapshot(
    SortedMap<RelativeName, RemoteFile> files,
    StagingMetadata notes,
    NotesHealth health,
    List<Refused> refused,
    Map<RelativeName, StagingMetadata.Entry> outdated) {

  /// @param why fit for users
  public record Refused(String key, String why) {}

  /// What was cleaned up.
  Map<RelativeName, Tombstone> tombstones() {
    return notes.removed();
  }

  /// When `up` or `cleanup` last changed something.
  public Optional<Instant> lastSync() {
    return notes.lastSync();
  }

  /// Who did.
  public Optional<String> lastSyncBy() {
    return notes.lastSyncBy();
  }

  RemoteSnapshot withFiles(SortedMap<RelativeName, RemoteFile> all) {
    return new RemoteSnapshot(all, notes, health, refused, outdated);
  }

  RemoteSnapshot withRefused(List<Refused> all) {
    return new RemoteSnapshot(files, notes, health, List.copyOf(all), outdated);
  }
}
