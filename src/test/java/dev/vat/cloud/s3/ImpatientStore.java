package dev.vat.cloud.s3;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkGlobalTime;

/// Stores for tests: they make as many attempts as real ones, but do not wait between them.
public final class ImpatientStore {
  private ImpatientStore() {}

  /// As [S3ObjectStore#open], without pauses.
  public static ObjectStore open(S3Connection connection, String bucket) {
    return open(connection, bucket, Set.of());
  }

  /// For a server that lacks conditions.
  public static ObjectStore open(S3Connection connection, String bucket, Set<Condition> lacking) {
    return new S3ObjectStore(connection, bucket, tuning(new ArrayList<>()), lacking);
  }

  /// One for bad lines.
  ///
  /// @param silence how long a server may say nothing
  /// @param pauses notes how long would have been waited between attempts
  public static ObjectStore open(
      S3Connection connection, String bucket, Duration silence, List<Duration> pauses) {
    Tuning tuning = tuning(pauses);
    return new S3ObjectStore(
        connection,
        bucket,
        new Tuning(
            tuning.connectTimeout(),
            silence,
            tuning.copyAtOnceBytes(),
            tuning.copyPartBytes(),
            tuning.pauses(),
            tuning.random()));
  }

  /// The SDK remembers, for the whole JVM, how far the clocks were apart at the last refusal. A
  /// command is a process of its own; a test is not.
  public static void forgetTheServersClock() {
    SdkGlobalTime.setGlobalTimeOffset(0);
  }

  /// One whose copies go in parts from a few MiB on.
  public static ObjectStore copyingInParts(S3Connection connection, String bucket) {
    long part = 5L * 1024 * 1024;
    Tuning tuning = tuning(new ArrayList<>());
    return new S3ObjectStore(
        connection,
        bucket,
        new Tuning(
            tuning.connectTimeout(),
            tuning.readTimeout(),
            part,
            part,
            tuning.pauses(),
            tuning.random()),
        Set.of());
  }

  /// @param pauses notes how long would have been waited
  static Tuning tuning(List<Duration> pauses) {
    List<Duration> noted = Collections.synchronizedList(pauses);
    return new Tuning(
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        5_000_000_000L,
        1L << 30,
        noted::add,
        () -> Long.MAX_VALUE);
  }
}
