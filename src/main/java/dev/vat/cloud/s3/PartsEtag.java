package dev.vat.cloud.s3;

import dev.vat.cloud.ETag;
import dev.vat.cloud.UploadedPart;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The ETag that S3 gives an object made of parts: the MD5 of the parts' MD5s, a dash, and how many
/// they are. Source: S3 User Guide, "Checking object integrity", on ETags.
final class PartsEtag {
  private PartsEtag() {}

  /// @return empty where the parts' own ETags are no MD5s (encryption with KMS, some servers)
  static Optional<ETag> of(List<UploadedPart> parts) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      for (UploadedPart part : parts) {
        if (!part.etag().looksLikeMd5()) {
          return Optional.empty();
        }
        md5.update(HexFormat.of().parseHex(part.etag().value()));
      }
      String sum = HexFormat.of().formatHex(md5.digest());
      return Optional.of(new ETag(sum + "-" + parts.size()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
