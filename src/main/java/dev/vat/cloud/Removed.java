package dev.vat.cloud;

/// How a guarded removal ended.
public enum Removed {
  /// The version that was named is no longer there.
  GONE,
  /// The key holds another version, which was left alone.
  CHANGED
}
