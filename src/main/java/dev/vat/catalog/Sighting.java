package dev.vat.catalog;

import dev.vat.project.ProjectId;
import java.util.List;
import java.util.Map;

/// What one look at the places found.
///
/// @param local every project of the repository; complete
/// @param staging what lies in the projects' `s3-staging/`
/// @param drives those that were there; what is known of others stays
public record Sighting(
    Map<ProjectId, List<LocalCopy>> local,
    Map<ProjectId, StagedFiles> staging,
    List<DriveSighting> drives) {
  public Sighting {
    local = Map.copyOf(local);
    staging = Map.copyOf(staging);
    drives = List.copyOf(drives);
  }
}
