package dev.vat.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// How a sandbox is set up.
///
/// @param dir where everything is kept; made when absent. Nothing outside of it is written
/// @param port on 127.0.0.1; 0 takes a free one
/// @param clock the real time: signatures and answers. What is stored has a time of its own, which
///     is the same until it is moved ahead ([SandboxServer#forward])
/// @param buckets made at start when they are not there yet
/// @param thawDelay how long every thaw takes; empty for S3's own times by storage class and tier
public record SandboxOptions(
    Path dir, int port, InstantSource clock, List<String> buckets, Optional<Duration> thawDelay) {
  /// The only access key id that a sandbox knows.
  public static final String ACCESS_KEY = "sandbox";

  /// Its secret: public, and good for nothing but sandboxes.
  public static final String SECRET_KEY = "sandbox-secret";

  public SandboxOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    if (thawDelay.filter(Duration::isNegative).isPresent()) {
      throw new IllegalArgumentException("a thaw cannot take " + thawDelay.get());
    }
    buckets.forEach(BucketOperations::checkName);
    buckets = List.copyOf(buckets);
  }

  /// A free port and no buckets.
  public static SandboxOptions in(Path dir, InstantSource clock) {
    return new SandboxOptions(dir, 0, clock, List.of(), Optional.empty());
  }

  /// The same with these buckets made at start.
  public SandboxOptions withBuckets(String... names) {
    return new SandboxOptions(dir, port, clock, List.of(names), thawDelay);
  }

  /// The same on this port.
  public SandboxOptions withPort(int number) {
    return new SandboxOptions(dir, number, clock, buckets, thawDelay);
  }

  /// The same with thaws that take this long, whatever the storage class and the tier.
  public SandboxOptions withThawDelay(Duration delay) {
    return new SandboxOptions(dir, port, clock, buckets, Optional.of(delay));
  }
}
