package dev.vat.cloud;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What S3 knows of one object.
///
/// @param summary as in a listing
/// @param metadata the user metadata (`x-amz-meta-*`) without that prefix, names in lower case,
///     values decoded
/// @param contentType empty where the server says nothing
/// @param crc32 of the whole content, where the server computed and kept one; empty for sums of
///     parts
/// @param encryptedByKms true when the ETag is no MD5 whatever it looks like (SSE-KMS, SSE-C)
public record ObjectFacts(
    ObjectSummary summary,
    Map<String, String> metadata,
    Optional<String> contentType,
    OptionalInt crc32,
    boolean encryptedByKms) {
  public ObjectFacts {
    metadata = Map.copyOf(metadata);
  }
}
