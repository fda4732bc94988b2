package dev.vat.catalog;

import dev.vat.project.ProjectId;
import dev.vat.project.UnreadFolders;
import java.util.Map;
import java.util.Optional;

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
    UnreadFolders unread) {
  public DriveSighting {
    copies = Map.copyOf(copies);
    if (drive.isEmpty() && !primary) {
      throw new IllegalArgumentException("nobody knows which drive that was");
    }
  }

  /// One in which every folder could be listed.
  public DriveSighting(
      Optional<KnownDrive> drive, boolean primary, Map<ProjectId, SsdCopy> copies) {
    this(drive, primary, copies, UnreadFolders.none());
  }

  Optional<DriveId> id() {
    return drive.map(KnownDrive::id);
  }

  /// Whether this look says all about a copy: it is on this drive, and its folder could be listed.
  boolean tellsOf(SsdCopy known) {
    return isHere(known) && !unread.cover(known.path());
  }

  /// Whether a copy is on this drive, and nobody can tell what became of it.
  public boolean couldNotRead(SsdCopy known) {
    return isHere(known) && unread.cover(known.path());
  }

  private boolean isHere(SsdCopy known) {
    return known.drive().equals(id()) || primary && known.drive().isEmpty();
  }
}
