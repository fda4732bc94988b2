package dev.vat.catalog;

import java.util.OptionalLong;

/// A project's archive object in S3, as the manifest has it.
///
/// @param key in its bucket; empty text when an older manifest does not tell
/// @param frozen whether it is in a Glacier class and must be thawed before it can be read
public record CloudCopy(String key, boolean frozen, OptionalLong bytes) {}
