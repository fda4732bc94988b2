package dev.vat.cloud;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How quickly a frozen object is thawed, and for how much: the fastest first.
///
/// Source: Amazon S3 User Guide, "Understanding archive retrieval options".
public enum ThawTier {
  EXPEDITED(Duration.ofMinutes(5), Optional.empty()),
  STANDARD(Duration.ofHours(5), Optional.of(Duration.ofHours(12))),
  BULK(Duration.ofHours(12), Optional.of(Duration.ofHours(48)));

  private final Duration flexible;
  private final Optional<Duration> deep;

  ThawTier(Duration flexible, Optional<Duration> deep) {
    this.flexible = flexible;
    this.deep = deep;
  }

  /// For people, programs and what is remembered; never renamed.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @return empty for a word that is none of a tier
  public static Optional<ThawTier> named(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  /// The longest that a thaw typically takes.
  ///
  /// @return empty where S3 does not offer this tier for the class, or nothing has to be thawed
  public Optional<Duration> typicalWait(StorageClass from) {
    if (from.equals(StorageClass.DEEP_ARCHIVE)) {
      return deep;
    }
    return from.equals(StorageClass.GLACIER) ? Optional.of(flexible) : Optional.empty();
  }
}
