package dev.vat.staging;

import dev.vat.project.Md5;
import dev.vat.project.RelativeName;
import java.time.Instant;
import java.util.Optional;

/// The record that a staged file was cleaned up, so that nobody takes its absence for news or its
/// local copy for a new file.
///
/// @param md5 of what was removed; empty when it was not known
/// @param removedBy the team member
public record Tombstone(
    RelativeName name, Optional<Md5> md5, String removedBy, Instant removedAt) {}
