package dev.vat.catalog;

import java.time.Instant;
import java.util.Optional;

/// What the files of one copy add up to, junk left out.
///
/// @param files how many
/// @param bytes of all of them
/// @param heavyFiles how many of them are heavy; the others are light
/// @param heavyBytes of the heavy ones
/// @param lastChange when the youngest of them was modified; empty when there is none
public record TreeTotals(
    long files, long bytes, long heavyFiles, long heavyBytes, Optional<Instant> lastChange) {
  public TreeTotals {
    if (heavyFiles < 0 || heavyFiles > files || heavyBytes < 0 || heavyBytes > bytes) {
      throw new IllegalArgumentException(
          "%d of %d files heavy, %d of %d bytes".formatted(heavyFiles, files, heavyBytes, bytes));
    }
  }

  public long lightFiles() {
    return files - heavyFiles;
  }
}
