package dev.vat.sandbox;

import java.util.Arrays;
import java.util.Optional;

/// S3's storage classes, from warm to cold: a life cycle only goes down this list.
///
/// Source: Amazon S3 User Guide, "Understanding and managing Amazon S3 storage classes" and
/// "Transitioning objects using Amazon S3 Lifecycle".
enum StorageClass {
  STANDARD,
  REDUCED_REDUNDANCY,
  STANDARD_IA,
  INTELLIGENT_TIERING,
  ONEZONE_IA,
  GLACIER_IR,
  GLACIER,
  DEEP_ARCHIVE;

  /// Whether its contents must be thawed before they can be read. Those of GLACIER_IR need not.
  boolean freezes() {
    return this == GLACIER || this == DEEP_ARCHIVE;
  }

  /// Whether a life cycle rule may name it.
  boolean canBeTarget() {
    return this != STANDARD && this != REDUCED_REDUNDANCY;
  }

  /// Whether a life cycle takes objects from here to there.
  boolean leadsTo(StorageClass target) {
    return target.canBeTarget()
        && target.compareTo(this) > 0
        && !(this == ONEZONE_IA && target == GLACIER_IR);
  }

  /// The class of this name; empty when S3 has none.
  static Optional<StorageClass> named(String name) {
    return Arrays.stream(values()).filter(c -> c.name().equals(name)).findFirst();
  }
}
