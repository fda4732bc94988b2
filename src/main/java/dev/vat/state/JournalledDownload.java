package dev.vat.state;

import java.nio.file.Path;

/// A download in ranges that is under way.
///
/// @param place bucket and prefix as one text
/// @param key of the object
/// @param etag the version: ranges of another one must not be mixed in
/// @param temporary where the ranges are written, absolute
/// @param sizeBytes of the object
/// @param rangeBytes size of each range but the last
public record JournalledDownload(
    String place, String key, String etag, Path temporary, long sizeBytes, long rangeBytes) {
  public JournalledDownload {
    if (key.isEmpty() || etag.isEmpty()) {
      throw new IllegalArgumentException("a download needs a key and an ETag");
    }
    if (!temporary.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + temporary);
    }
    if (sizeBytes < 0 || rangeBytes <= 0) {
      throw new IllegalArgumentException("sizes: " + sizeBytes + ", " + rangeBytes);
    }
  }

  /// How many ranges there are; they are numbered from 0.
  public long ranges() {
    return sizeBytes / rangeBytes + (sizeBytes % rangeBytes == 0 ? 0 : 1);
  }
}
