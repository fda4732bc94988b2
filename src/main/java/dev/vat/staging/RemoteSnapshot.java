package dev.vat.staging;

import dev.vat.project.RelativeName;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// What S3 holds of one staged project, at one moment.
///
/// @param files by name
/// @param tombstones of what was cleaned up
/// @param notes the team's notes as they were read
/// @param refused keys that no file here can have; they are shown, and never touched
/// @param outdated entries of the notes whose object is not there any more
public record RemoteSnapshot(
    SortedMap<RelativeName, RemoteFile> files,
    Map<RelativeName, Tombstone> tombstones,
    MetadataFile.Loaded notes,
    List<Refused> refused,
    Map<RelativeName, StagingMetadata.Entry> outdated) {

  /// @param why fit for users
  public record Refused(String key, String why) {}
}
