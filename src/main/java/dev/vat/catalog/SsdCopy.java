package dev.vat.catalog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A project's folder on an SSD, as it was when the drive was last looked at.
///
/// @param drive empty when only an older manifest tells of this copy, or the drive could not be
///     marked: then it is on the one that `SSD_BASE` names
/// @param path relative to the drive's base folder, with `/`, as the drive has it
/// @param totals empty when only an older manifest tells of this copy, which did not count
/// @param seenAt empty when an older manifest tells of it, which took no note of the time
/// @param verifiedAt when its content was last read and found right; empty when never
/// @param damagedAt when it was found not to be what its checksum history says, while nothing has
///     proven it since; empty when that was never found
public record SsdCopy(
    Optional<DriveId> drive,
    String path,
    Optional<TreeTotals> totals,
    Optional<Instant> seenAt,
    Optional<Instant> verifiedAt,
    Optional<Instant> damagedAt) {
  /// One that nobody found damaged.
  public SsdCopy(
      Optional<DriveId> drive,
      String path,
      Optional<TreeTotals> totals,
      Optional<Instant> seenAt,
      Optional<Instant> verifiedAt) {
    this(drive, path, totals, seenAt, verifiedAt, Optional.empty());
  }

  /// The same, found damaged at a time: what proved it before counts no more.
  ///
  /// @param at kept in whole seconds, as checksum histories tell when files were verified
  public SsdCopy damaged(Instant at) {
    Instant second = at.truncatedTo(ChronoUnit.SECONDS);
    return new SsdCopy(drive, path, totals, seenAt, Optional.empty(), Optional.of(second));
  }

  /// This one, with the damage that was known of what lay there: it is forgotten only when this
  /// one was proven after it. Looking at a folder proves nothing.
  SsdCopy knowing(SsdCopy before) {
    boolean open =
        before
            .damagedAt
            .filter(found -> verifiedAt.filter(at -> !at.isBefore(found)).isEmpty())
            .isPresent();
    return damagedAt.isPresent() || !open ? this : damaged(before.damagedAt.get());
  }

  /// Whether as many files and bytes lie at the same place, whichever drive it is on.
  boolean isAsMuchAs(SsdCopy other) {
    return path.equals(other.path)
        && totals.map(TreeTotals::bytes).equals(other.totals.map(TreeTotals::bytes))
        && totals.map(TreeTotals::files).equals(other.totals.map(TreeTotals::files));
  }
}
