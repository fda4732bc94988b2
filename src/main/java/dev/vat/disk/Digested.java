package dev.vat.disk;

import dev.vat.mhl.FileDigests;
import dev.vat.project.FileStamp;

/// What one reading of a whole file established.
///
/// @param stamp which the file had before, during and after the reading
/// @param from whether it proves anything about the device
public record Digested(FileStamp stamp, FileDigests digests, ReadFrom from) {
  public Digested {
    if (stamp.sizeBytes() != digests.sizeBytes()) {
      throw new IllegalArgumentException(
          "stamp says " + stamp.sizeBytes() + " bytes, content " + digests.sizeBytes());
    }
  }
}
