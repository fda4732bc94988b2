package dev.vat.cloud.s3;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// Limits that tests make small.
///
/// @param connectTimeout until a server has to take a connection
/// @param readTimeout the longest silence of a server. S3 keeps a long completion alive with white
///     space, so this does not limit how long a call may take
/// @param copyAtOnceBytes the biggest object that one CopyObject request takes (S3: 5 GB)
/// @param copyPartBytes size of a part where a copy needs several
/// @param pauses between attempts
/// @param random for the jitter, so that many clients do not come back at the same moment
record Tuning(
    Duration connectTimeout,
    Duration readTimeout,
    long copyAtOnceBytes,
    long copyPartBytes,
    Pauses pauses,
    RandomGenerator random) {
  /// S3's limit for one CopyObject: 5 GB, counted the smaller way to be safe.
  private static final long COPY_AT_ONCE_BYTES = 5_000_000_000L;

  /// 1,000 parts for 1 TB; each is copied inside S3 in a few seconds.
  private static final long COPY_PART_BYTES = 1L << 30;

  static Tuning standard() {
    return new Tuning(
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        COPY_AT_ONCE_BYTES,
        COPY_PART_BYTES,
        Pauses.sleeping(),
        () -> ThreadLocalRandom.current().nextLong());
  }
}
