package dev.vat.cloud;

import java.time.Instant;
import java.util.Optional;

/// Whether an object can be read now, as far as freezing is concerned. The storage class alone does
/// not tell: it stays what it is while a thawed copy exists.
///
/// Source: Amazon S3 API Reference, `x-amz-restore` of HeadObject and RestoreStatus of
/// ListObjectsV2.
public sealed interface Thaw {
  /// Its storage class freezes nothing.
  record NotFrozen() implements Thaw {}

  /// It has to be thawed first, and nobody has asked for that, or the thawed copy is gone again.
  record Frozen() implements Thaw {}

  /// Somebody has asked, and S3 is at it.
  record Thawing() implements Thaw {}

  /// It can be read until then; the storage class and its price stay.
  record Thawed(Instant until) implements Thaw {}

  /// Whether it can be read.
  default boolean isReadable() {
    return switch (this) {
      case NotFrozen _, Thawed _ -> true;
      case Frozen _, Thawing _ -> false;
    };
  }

  /// What is known where a server tells nothing but the class.
  static Thaw of(StorageClass storageClass) {
    return storageClass.isFrozenClass() ? new Frozen() : new NotFrozen();
  }

  /// What S3 tells of an object.
  ///
  /// @param inProgress whether a thaw is under way
  /// @param until when the thawed copy goes; empty where there is none
  static Thaw of(StorageClass storageClass, boolean inProgress, Optional<Instant> until) {
    if (inProgress) {
      return new Thawing();
    }
    return until.<Thaw>map(Thawed::new).orElseGet(() -> of(storageClass));
  }
}
