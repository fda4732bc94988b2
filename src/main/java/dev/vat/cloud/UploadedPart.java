package dev.vat.cloud;

import java.util.OptionalInt;

/// A part that S3 holds.
///
/// @param number 1 to 10,000
/// @param sizeBytes of this part
/// @param etag the part's MD5 (without KMS), needed to complete the upload
/// @param crc32 of the part, where the server keeps it
public record UploadedPart(int number, long sizeBytes, ETag etag, OptionalInt crc32) {}
