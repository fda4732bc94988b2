package dev.vat.sandbox;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// How a sandbox is set up.
///
/// @param dir where everything is kept; made when absent. Nothing outside of it is written
/// @param port on 127.0.0.1; 0 takes a free one
/// @param clock what the server takes for the time: dates of objects, of answers and of signatures
/// @param buckets made at start when they are not there yet
public record SandboxOptions(Path dir, int port, InstantSource clock, List<String> buckets) {
  /// The only access key id that a sandbox knows.
  public static final String ACCESS_KEY = "sandbox";

  /// Its secret: public, and good for nothing but sandboxes.
  public static final String SECRET_KEY = "sandbox-secret";

  public SandboxOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    buckets.forEach(BucketOperations::checkName);
    buckets = List.copyOf(buckets);
  }

  /// A free port and no buckets.
  public static SandboxOptions in(Path dir, InstantSource clock) {
    return new SandboxOptions(dir, 0, clock, List.of());
  }

  /// The same with these buckets made at start.
  public SandboxOptions withBuckets(String... names) {
    return new SandboxOptions(dir, port, clock, List.of(names));
  }

  /// The same on this port.
  public SandboxOptions withPort(int number) {
    return new SandboxOptions(dir, number, clock, buckets);
  }
}
