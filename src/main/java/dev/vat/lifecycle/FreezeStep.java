package dev.vat.lifecycle;

import dev.vat.cloud.StorageClass;

/// What is to become of one archive object when it is asked to be frozen.
public sealed interface FreezeStep {
  CloudArchive archive();

  /// It is moved.
  ///
  /// @param to the storage class
  record Move(CloudArchive archive, StorageClass to) implements FreezeStep {}

  /// It stays as it is.
  record Stay(CloudArchive archive, Why why) implements FreezeStep {}

  /// Why something stays.
  enum Why {
    /// It is there already.
    ALREADY,
    /// It is frozen in another class, and would have to be thawed to be moved.
    FROZEN_ELSEWHERE,
    /// So small that it saves nothing.
    TOO_SMALL,
    /// It is another repository's.
    NOT_OURS,
    /// It does not say whose it is.
    UNSAID
  }
}
