package dev.vat.catalog;

import dev.vat.project.ProjectId;
import java.util.Map;
import java.util.Optional;

/// What one look at a drive found.
///
/// @param drive empty when it shows no id file and cannot be given one
/// @param primary whether it is the one that `SSD_BASE` names
/// @param copies every project on it; complete
public record DriveSighting(
    Optional<KnownDrive> drive, boolean primary, Map<ProjectId, SsdCopy> copies) {
  public DriveSighting {
    copies = Map.copyOf(copies);
    if (drive.isEmpty() && !primary) {
      throw new IllegalArgumentException("nobody knows which drive that was");
    }
  }

  Optional<DriveId> id() {
    return drive.map(KnownDrive::id);
  }

  /// Whether this look says all about a copy: it is on this drive.
  boolean tellsOf(SsdCopy known) {
    return known.drive().equals(id()) || primary && known.drive().isEmpty();
  }
}
