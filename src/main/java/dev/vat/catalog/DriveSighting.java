package dev.vat.catalog;

import dev.vat.project.ProjectId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one look at a drive found.
///
/// @param drive empty when it shows no id file and cannot be given one
/// @param primary whether it is the one that `SSD_BASE` names
/// @param copies every project on it; complete but for `unread`
/// @param unread paths on it, as [SsdCopy] has them, of folders that could not be listed: what is
///     known of them stays
public record DriveSighting(
    Optional<KnownDrive> drive,
    boolean primary,
    Map<ProjectId, SsdCopy> copies,
    Set<String> unread) {
  public DriveSighting {
    copies = Map.copyOf(copies);
    unread = Set.copyOf(unread);
    if (drive.isEmpty() && !primary) {
      throw new IllegalArgumentException("nobody knows which drive that was");
    }
  }

  /// One in which every folder could be listed.
  public DriveSighting(
      Optional<KnownDrive> drive, boolean primary, Map<ProjectId, SsdCopy> copies) {
    this(drive, primary, copies, Set.of());
  }

  Optional<DriveId> id() {
    return drive.map(KnownDrive::id);
  }

  /// Whether this look says all about a copy: it is on this drive, and its folder could be listed.
  boolean tellsOf(SsdCopy known) {
    return (known.drive().equals(id()) || primary && known.drive().isEmpty())
        && !unread.contains(known.path());
  }
}
