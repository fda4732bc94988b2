package dev.vat.cloud;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The ETag of an object that was uploaded in parts: the MD5 of the parts' MD5s, a dash, and how
/// many they are. The same content has another one for each size of the parts.
///
/// Source: S3 User Guide, "Checking object integrity", on ETags. With SSE-KMS and SSE-C, and on
/// Cloudflare R2 always, it has that shape and says nothing of the content.
///
/// @param md5 32 lower-case hexadecimal digits: of no content
/// @param parts how many, from 1
public record MultipartETag(String md5, int parts) {
  /// S3's limit.
  public static final int MAX_PARTS = 10_000;

  private static final Pattern SHAPE = Pattern.compile("([0-9a-f]{32})-([1-9][0-9]{0,4})");

  public MultipartETag {
    if (!md5.matches("[0-9a-f]{32}") || parts < 1 || parts > MAX_PARTS) {
      throw new IllegalArgumentException("no ETag of parts: " + md5 + "-" + parts);
    }
  }

  /// @return empty when it has another shape
  public static Optional<MultipartETag> of(ETag etag) {
    Matcher matcher = SHAPE.matcher(etag.value());
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > MAX_PARTS) {
      return Optional.empty();
    }
    return Optional.of(new MultipartETag(matcher.group(1), Integer.parseInt(matcher.group(2))));
  }

  @Override
  public String toString() {
    return md5 + "-" + parts;
  }
}
