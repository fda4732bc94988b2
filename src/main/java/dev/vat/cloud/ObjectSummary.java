package dev.vat.cloud;

import java.time.Instant;

/// What a listing tells of an object.
///
/// @param key as S3 has it, in any Unicode form
/// @param sizeBytes of the content
/// @param etag the current version
/// @param lastModified when this version was written, by S3's clock
/// @param storageClass `STANDARD` where the server says nothing
/// @param thaw whether it can be read now. A server that freezes and does not tell thaws in
///     listings has everything frozen there; [ObjectStore#head] knows
public record ObjectSummary(
    String key,
    long sizeBytes,
    ETag etag,
    Instant lastModified,
    StorageClass storageClass,
    Thaw thaw) {
  /// One that nobody has asked to thaw.
  public ObjectSummary(
      String key, long sizeBytes, ETag etag, Instant lastModified, StorageClass storageClass) {
    this(key, sizeBytes, etag, lastModified, storageClass, Thaw.of(storageClass));
  }
}
