package dev.vat.sandbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/// How quickly a frozen object is thawed, the fastest first. The sandbox takes the longest of the
/// times that S3 gives as typical.
///
/// Source: Amazon S3 User Guide, "Understanding archive retrieval options".
enum Tier {
  EXPEDITED(Duration.ofMinutes(5), Duration.ZERO),
  STANDARD(Duration.ofHours(5), Duration.ofHours(12)),
  BULK(Duration.ofHours(12), Duration.ofHours(48));

  private final Duration flexible;
  private final Duration deep;

  Tier(Duration flexible, Duration deep) {
    this.flexible = flexible;
    this.deep = deep;
  }

  /// @param text as RestoreObject names it; empty for S3's default
  /// @throws S3Error when S3 has no such tier
  static Tier named(String text) {
    return Arrays.stream(values())
        .filter(t -> t.written().equals(text.isEmpty() ? "Standard" : text))
        .findFirst()
        .orElseThrow(() -> ErrorCode.MALFORMED_XML.error("A tier is Bulk, Standard or Expedited."));
  }

  /// Its name in S3's documents.
  String written() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  /// Whether S3 offers it for this class.
  boolean thaws(StorageClass from) {
    return from == StorageClass.GLACIER || from == StorageClass.DEEP_ARCHIVE && this != EXPEDITED;
  }

  /// How long a thaw takes.
  Duration delay(StorageClass from) {
    return from == StorageClass.DEEP_ARCHIVE ? deep : flexible;
  }
}
