package dev.vat.cloud;

/// How a guarded write ended.
public sealed interface Written {
  /// The object is there, whole, and this is its version.
  record Stored(ETag version) implements Written {}

  /// The guard did not hold: somebody else wrote or removed the object meanwhile. Nothing was
  /// changed.
  record Refused() implements Written {}
}
