package dev.vat.cloud;

/// A part of an object that was uploaded in parts.
///
/// @param sizeBytes of this part
/// @param parts how many the object has
public record StoredPart(long sizeBytes, int parts) {}
