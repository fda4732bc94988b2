package dev.vat.cloud.s3;

import java.util.Optional;

/// One complete set of credentials. Sets are never mixed from several sources.
///
/// @param accessKeyId names the key
/// @param secretAccessKey signs requests; never printed
/// @param sessionToken only with temporary credentials
public record S3Keys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
  public S3Keys {
    if (accessKeyId.isBlank() || secretAccessKey.isBlank()) {
      throw new IllegalArgumentException("credentials need an access key id and a secret");
    }
    sessionToken = sessionToken.filter(token -> !token.isBlank());
  }

  /// Says which key without giving it away: the last four characters of its id.
  @Override
  public String toString() {
    String end = accessKeyId.length() < 8 ? "" : accessKeyId.substring(accessKeyId.length() - 4);
    return "S3Keys[..." + end + "]";
  }
}
