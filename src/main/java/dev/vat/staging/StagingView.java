package dev.vat.staging;

import dev.vat.project.RelativeName;
import java.util.SortedMap;

/// A staged project as it was found: both sides, and how each file stands.
///
/// @param files every name on either side that takes part, sorted
/// @param local this computer's side
/// @param remote S3's side
public record StagingView(
    SortedMap<RelativeName, StagedFile> files, LocalSnapshot local, RemoteSnapshot remote) {}
