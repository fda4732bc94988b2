package dev.vat.mhl;

import java.time.Instant;

/// One generation of a history, as its manifest tells.
///
/// @param number from 1
/// @param manifest the manifest's file name
/// @param tool the program that wrote it, empty when not said
/// @param toolVersion its version, empty when not said
public record GenerationFacts(
    int number,
    String manifest,
    Instant createdAt,
    MhlProcess process,
    String tool,
    String toolVersion) {}
