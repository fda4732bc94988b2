package dev.vat.cloud;

import java.util.Map;

/// What is stored beside an object's content.
///
/// @param contentType for example `video/mp4`, so that a browser plays it
/// @param metadata user metadata, names in lower case without `x-amz-meta-`; values may be any text
///     (non-ASCII is encoded on the way, as S3 wants it: RFC 2047)
public record ObjectAttributes(String contentType, Map<String, String> metadata) {
  public ObjectAttributes {
    metadata = Map.copyOf(metadata);
  }
}
