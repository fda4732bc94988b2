package dev.vat.staging;

import dev.vat.disk.FreeSpace;
import dev.vat.project.Sizes;
import java.io.IOException;
import java.nio.file.Path;

/// The disk got full in the middle of a download, because something else wrote to it too. What came
/// so far is kept.
public final class DiskFullException extends IOException {
  private static final long serialVersionUID = 1;

  /// Less than this, and a write fails: the end of a disk is not told to the byte.
  private static final long AS_GOOD_AS_NONE = 1_000_000;

  private DiskFullException(String message, IOException cause) {
    super(message, cause);
  }

  /// What to throw for a write that failed: by what the disk says, since the words of the fault are
  /// different on every system.
  ///
  /// @param name of the file that was to come
  /// @param place where it was written
  /// @param missingBytes of it that are still to come
  /// @return this exception when the disk is full, else the fault itself
  static IOException insteadOf(IOException fault, String name, Path place, long missingBytes) {
    FreeSpace space;
    try {
      space = FreeSpace.on(place, missingBytes);
    } catch (IOException unknown) {
      fault.addSuppressed(unknown);
      return fault;
    }
    if (space.availableBytes() >= AS_GOOD_AS_NONE) {
      return fault;
    }
    long more = missingBytes - space.availableBytes() + space.reserveBytes();
    return new DiskFullException(
        "the disk with "
            + place.getParent()
            + " is full: "
            + Sizes.of(missingBytes)
            + " of "
            + name
            + " are still to come. What came so far is kept. Free at least "
            + Sizes.of(Math.max(0, more)),
        fault);
  }
}
