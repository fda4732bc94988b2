package dev.vat.catalog;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A drive that holds, or is to hold, copies of this repository's projects, as it was when it was
/// last seen. Kept in `projects.json`, so that it is known while the drive is unplugged.
///
/// @param name as its id file said
/// @param volume what the system calls the file system on it, where it tells; comparable as text
/// @param base the folder with the copies, relative to the top of the volume, with `/`; empty text
///     when it is the top itself
/// @param lastPath where that folder was on this computer
/// @param lastSeenAt when its copies were last looked at or changed; empty when never
/// @param freeBytes what could be written then
/// @param totalBytes the volume's size
public record KnownDrive(
    DriveId id,
    String name,
    Optional<String> volume,
    String base,
    String lastPath,
    Optional<Instant> lastSeenAt,
    OptionalLong freeBytes,
    OptionalLong totalBytes) {
  /// The same, seen now.
  public KnownDrive seen(Instant now) {
    return new KnownDrive(
        id, name, volume, base, lastPath, Optional.of(now), freeBytes, totalBytes);
  }

  /// The same under another name.
  public KnownDrive named(String newName) {
    return new KnownDrive(id, newName, volume, base, lastPath, lastSeenAt, freeBytes, totalBytes);
  }
}
