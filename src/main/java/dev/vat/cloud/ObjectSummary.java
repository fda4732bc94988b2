package dev.vat.cloud;

import java.time.Instant;

/// What a listing tells of an object.
///
/// @param key as S3 has it, in any Unicode form
/// @param sizeBytes of the content
/// @param etag the current version
/// @param lastModified when this version was written, by S3's clock
/// @param storageClass S3's own word; `STANDARD` where the server says nothing
public record ObjectSummary(
    String key, long sizeBytes, ETag etag, Instant lastModified, String storageClass) {}
