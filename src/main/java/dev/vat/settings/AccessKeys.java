package dev.vat.settings;

import java.util.Optional;

/// One complete set of S3 keys.
///
/// @param sessionToken only with temporary keys
public record AccessKeys(String accessKeyId, String secretKey, Optional<String> sessionToken) {
  /// Masked: keys are never printed.
  @Override
  public String toString() {
    return "AccessKeys[" + Secrets.masked(accessKeyId) + ", ****]";
  }
}
