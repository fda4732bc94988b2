package dev.vat.catalog;

import dev.vat.project.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one look at the places found.
///
/// @param local every project of the repository; complete
/// @param staging what lies in the projects' `s3-staging/`
/// @param ssd every project on the SSD; empty when the drive was not there, and then what was known
///     of it stays
public record Sighting(
    Map<ProjectId, List<LocalCopy>> local,
    Map<ProjectId, StagedFiles> staging,
    Optional<Map<ProjectId, SsdCopy>> ssd) {
  public Sighting {
    local = Map.copyOf(local);
    staging = Map.copyOf(staging);
    ssd = ssd.map(Map::copyOf);
  }

  /// The same without the SSD.
  public Sighting withoutSsd() {
    return new Sighting(local, staging, Optional.empty());
  }
}
