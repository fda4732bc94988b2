package dev.vat.disk;

import dev.vat.project.Sizes;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether something fits on a disk, established before the first byte is written.
///
/// @param neededBytes what is going to be written
/// @param availableBytes what this user may still write there
/// @param reserveBytes what must stay free for everything else: 1% of the disk, 100 MB at least
public record FreeSpace(long neededBytes, long availableBytes, long reserveBytes) {
  private static final long LEAST_RESERVE = 100_000_000;

  public FreeSpace {
    if (neededBytes < 0 || availableBytes < 0 || reserveBytes < 0) {
      throw new IllegalArgumentException(
          "negative: " + neededBytes + ", " + availableBytes + ", " + reserveBytes);
    }
  }

  /// Looks at the disk.
  ///
  /// @param place where it is to be written; it, and folders above it, need not exist yet
  public static FreeSpace on(Path place, long neededBytes) throws IOException {
    FileStore store = storeOf(place);
    long reserve = Math.max(LEAST_RESERVE, store.getTotalSpace() / 100);
    return new FreeSpace(neededBytes, store.getUsableSpace(), reserve);
  }

  /// Whether it fits and the reserve stays free.
  public boolean enough() {
    return availableBytes >= reserveBytes && availableBytes - reserveBytes >= neededBytes;
  }

  /// What to tell the user when it is not [#enough()].
  public String message() {
    return message("the disk");
  }

  /// The same where the disk has a name.
  ///
  /// @param disk what the user calls it
  public String message(String disk) {
    long missing = Math.max(0, neededBytes - availableBytes + reserveBytes);
    return "not enough disk space: "
        + Sizes.of(neededBytes)
        + " are needed, "
        + disk
        + " has "
        + Sizes.of(availableBytes)
        + " free, and "
        + Sizes.of(reserveBytes)
        + " always have to stay free there for everything else. Make room of "
        + Sizes.of(missing)
        + " on it, or take fewer files at a time";
  }

  private static FileStore storeOf(Path place) throws IOException {
    return Files.getFileStore(nearestExisting(place));
  }

  /// The place itself, or the first folder above it that exists.
  public static Path nearestExisting(Path place) {
    Path at = place.toAbsolutePath();
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }
}
