package dev.vat.cloud.s3;

import java.net.URI;
import java.util.Optional;

/// Where S3 is and who asks. What is empty comes from the AWS SDK's own default chain (system
/// properties, environment, `~/.aws`).
///
/// @param endpoint of an S3-compatible server; empty means Amazon S3 itself
/// @param region for example `eu-west-1`
/// @param keys win over `profile`
/// @param profile a section of `~/.aws/config` and `~/.aws/credentials`
public record S3Connection(
    Optional<URI> endpoint,
    Optional<String> region,
    Optional<S3Keys> keys,
    Optional<String> profile) {
  public S3Connection {
    endpoint.ifPresent(S3Connection::requireServer);
    region = region.filter(name -> !name.isBlank());
    profile = profile.filter(name -> !name.isBlank());
  }

  private static void requireServer(URI endpoint) {
    String scheme = String.valueOf(endpoint.getScheme());
    boolean http = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
    if (!http || endpoint.getHost() == null || endpoint.getUserInfo() != null) {
      // The address is not repeated: it may hold a password.
      throw new IllegalArgumentException(
          "an S3 endpoint is written like https://s3.example.com or http://127.0.0.1:9000");
    }
  }

  /// How messages name the server.
  String serverName() {
    return endpoint
        .map(uri -> "the S3 server " + uri.getScheme() + "://" + uri.getRawAuthority())
        .orElse("Amazon S3");
  }
}
