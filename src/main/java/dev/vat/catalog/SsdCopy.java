package dev.vat.catalog;

import java.time.Instant;
import java.util.Optional;

/// A project's folder on the SSD, as it was when the drive was last looked at.
///
/// @param path relative to `SSD_BASE`, with `/`, as the drive has it
/// @param totals empty when only an older manifest tells of this copy, which did not count
/// @param seenAt empty when an older manifest tells of it, which took no note of the time
/// @param verifiedAt when its content was last read and found right; empty when never
public record SsdCopy(
    String path,
    Optional<TreeTotals> totals,
    Optional<Instant> seenAt,
    Optional<Instant> verifiedAt) {}
