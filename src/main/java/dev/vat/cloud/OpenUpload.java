package dev.vat.cloud;

import java.time.Instant;

/// A write in parts that nobody has completed or aborted.
///
/// @param key what it would become
/// @param uploadId S3's name for it
/// @param initiatedAt by S3's clock
/// @param initiator who began it, as the server names them; empty where it does not say
/// @param storageClass of what it would become
public record OpenUpload(
    String key, String uploadId, Instant initiatedAt, String initiator, StorageClass storageClass) {
  /// One of an object in S3 Standard.
  public OpenUpload(String key, String uploadId, Instant initiatedAt, String initiator) {
    this(key, uploadId, initiatedAt, initiator, StorageClass.STANDARD);
  }
}
