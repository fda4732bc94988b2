package dev.vat.mhl;

import java.time.Instant;

/// One hash of one file in one generation.
///
/// @param at when the content was read
public record Stated(Digest digest, HashAction action, Instant at) {}
