package dev.vat.cloud;

import java.util.Map;

/// What is stored beside an object's content.
///
/// @param contentType for example `video/mp4`, so that a browser plays it
/// @param metadata user metadata, names in lower case without `x-amz-meta-`; values may be any text
///     (non-ASCII is encoded on the way, as S3 wants it: RFC 2047)
/// @param storageClass where S3 puts it
/// @param tags by which life cycle rules choose, at most ten. A server without tags stores the
///     object without them, and [ObjectStore#takeRemarks] says so
public record ObjectAttributes(
    String contentType,
    Map<String, String> metadata,
    StorageClass storageClass,
    Map<String, String> tags) {
  public ObjectAttributes {
    metadata = Map.copyOf(metadata);
    tags = Map.copyOf(tags);
  }

  /// In S3 Standard, without tags.
  public ObjectAttributes(String contentType, Map<String, String> metadata) {
    this(contentType, metadata, StorageClass.STANDARD, Map.of());
  }
}
