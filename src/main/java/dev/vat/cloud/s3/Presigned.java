package dev.vat.cloud.s3;

import java.net.URL;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A request that is signed and can be sent until it expires.
///
/// @param url with the signature in its query: a secret for as long as it is valid
/// @param headers that are part of the signature
/// @param signed by this computer's clock
record Presigned(String method, URL url, Map<String, List<String>> headers, Instant signed) {
  /// Without the signature.
  @Override
  public String toString() {
    return method + " " + url.getPath();
  }
}
