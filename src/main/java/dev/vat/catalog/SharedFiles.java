package dev.vat.catalog;

import java.time.Instant;
import java.util.Optional;

/// What the team shares of a project through S3.
///
/// @param files how many, without the team's notes
/// @param bytes of them
/// @param lastSync when the notes were last written, which every sync does; empty where there are
///     none
/// @param seenAt when S3 was last asked
public record SharedFiles(
    long files, long bytes, Optional<Instant> lastSync, Optional<Instant> seenAt) {}
