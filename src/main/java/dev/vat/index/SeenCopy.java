package dev.vat.index;

import java.nio.file.Path;

/// A copy that somebody looked at just now.
///
/// @param folder where it is, absolute
/// @param fingerprint of its files, by [Fingerprint]
public record SeenCopy(CopyPlace place, Path folder, String fingerprint) {
  /// The same, on that drive.
  public SeenCopy on(String drive) {
    CopyPlace there = new CopyPlace(place.project(), place.kind(), drive, place.path());
    return new SeenCopy(there, folder, fingerprint);
  }
}
