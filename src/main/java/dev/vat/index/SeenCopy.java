package dev.vat.index;

import java.nio.file.Path;

/// A copy that somebody looked at just now.
///
/// @param folder where it is, absolute
/// @param fingerprint of its files, by [Fingerprint]; empty text when it could not be listed: then
///     it is there, and what was read of it stays
public record SeenCopy(CopyPlace place, Path folder, String fingerprint) {
  /// One that could not be listed.
  public static SeenCopy unread(CopyPlace place, Path folder) {
    return new SeenCopy(place, folder, "");
  }

  /// Whether its files could be listed.
  public boolean isListed() {
    return !fingerprint.isEmpty();
  }

  /// The same, on that drive.
  public SeenCopy on(String drive) {
    CopyPlace there = new CopyPlace(place.project(), place.kind(), drive, place.path());
    return new SeenCopy(there, folder, fingerprint);
  }
}
