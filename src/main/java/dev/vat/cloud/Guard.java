package dev.vat.cloud;

/// What must still be true of a key at the moment of a write. There is no third case: nothing
/// overwrites unseen.
public sealed interface Guard {
  /// There is no object under the key (`If-None-Match: *`).
  record Absent() implements Guard {}

  /// The key still holds the version for which the decision was made (`If-Match`).
  record Unchanged(ETag since) implements Guard {}

  static Guard absent() {
    return new Absent();
  }

  static Guard unchanged(ETag since) {
    return new Unchanged(since);
  }
}
