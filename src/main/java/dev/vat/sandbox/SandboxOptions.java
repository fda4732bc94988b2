package dev.vat.sandbox;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// How a sandbox is set up.
///
/// @param dir where everything is kept; made when absent. Nothing outside of it is written
/// @param port on 127.0.0.1; 0 takes a free one
/// @param accessKey the only access key id that the server knows
/// @param secretKey its secret
/// @param clock what the server takes for the time: dates of objects, of answers and of signatures
/// @param buckets made at start when they are not there yet
public record SandboxOptions(
    Path dir,
    int port,
    String accessKey,
    String secretKey,
    InstantSource clock,
    List<String> buckets) {
  /// The access key id when nothing else is said.
  public static final String ACCESS_KEY = "sandbox";

  /// The secret when nothing else is said: public, and good for nothing but sandboxes.
  public static final String SECRET_KEY = "sandbox-secret";

  public SandboxOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    if (!accessKey.matches("[A-Za-z0-9_.-]+") || secretKey.isEmpty()) {
      throw new IllegalArgumentException(
          "an access key is letters, digits, '_', '.' and '-', and a secret is not empty");
    }
    buckets.forEach(BucketOperations::checkName);
    buckets = List.copyOf(buckets);
  }

  /// A free port, the default credentials and no buckets.
  public static SandboxOptions in(Path dir, InstantSource clock) {
    return new SandboxOptions(dir, 0, ACCESS_KEY, SECRET_KEY, clock, List.of());
  }

  /// The same with these buckets made at start.
  public SandboxOptions withBuckets(String... names) {
    return new SandboxOptions(dir, port, accessKey, secretKey, clock, List.of(names));
  }

  /// The same on this port.
  public SandboxOptions withPort(int number) {
    return new SandboxOptions(dir, number, accessKey, secretKey, clock, buckets);
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "SandboxOptions[dir=" + dir + ", port=" + port + ", accessKey=" + accessKey + "]";
  }
}
