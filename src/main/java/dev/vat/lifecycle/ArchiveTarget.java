package dev.vat.lifecycle;

import java.nio.file.Path;
import java.util.Optional;

/// The drive that projects are archived to.
///
/// @param label how users call it
/// @param base the folder there that holds the range folders; exists
/// @param neverReleases why a copy there lets nothing be released here, a whole sentence; empty
///     when it may
public record ArchiveTarget(String label, Path base, Optional<String> neverReleases) {}
