package dev.vat.catalog;

import dev.vat.project.ProjectId;
import dev.vat.project.UnreadFolders;
import java.util.List;
import java.util.Map;

/// What one look at the places found.
///
/// @param local every project of the repository; complete
/// @param staging what lies in the projects' `s3-staging/`
/// @param drives those that were there; what is known of others stays
/// @param unread paths in the repository, as [LocalCopy] has them, of folders that could not be
///     listed: what is known of them stays
/// @param cloud what S3 told, where it was asked
public record Sighting(
    Map<ProjectId, List<LocalCopy>> local,
    Map<ProjectId, StagedFiles> staging,
    List<DriveSighting> drives,
    UnreadFolders unread,
    CloudSighting cloud) {
  public Sighting {
    local = Map.copyOf(local);
    staging = Map.copyOf(staging);
    drives = List.copyOf(drives);
  }

  /// One in which every folder could be listed.
  public Sighting(
      Map<ProjectId, List<LocalCopy>> local,
      Map<ProjectId, StagedFiles> staging,
      List<DriveSighting> drives) {
    this(local, staging, drives, UnreadFolders.none());
  }

  /// One that did not look at S3.
  public Sighting(
      Map<ProjectId, List<LocalCopy>> local,
      Map<ProjectId, StagedFiles> staging,
      List<DriveSighting> drives,
      UnreadFolders unread) {
    this(local, staging, drives, unread, CloudSighting.none());
  }

  /// The same with what S3 told.
  public Sighting with(CloudSighting seen) {
    return new Sighting(local, staging, drives, unread, seen);
  }
}
