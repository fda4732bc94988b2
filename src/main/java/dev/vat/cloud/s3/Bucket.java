package dev.vat.cloud.s3;

import dev.vat.cloud.ETag;
import dev.vat.cloud.StoreException;
import software.amazon.awssdk.services.s3.S3Client;

/// What every kind of call needs.
///
/// @param name of the bucket
/// @param client for control calls
record Bucket(String name, S3Client client, Retries retries, S3Errors errors) {

  /// The version that an answer names.
  ///
  /// @param header may be null: a server that gives none is of no use, because nothing could be
  ///     conditional
  ETag version(Doing doing, String header) throws StoreException {
    if (header == null || header.replace("\"", "").isEmpty()) {
      throw errors.unexpected(doing, "names no version (ETag) of the object");
    }
    return ETag.ofHeader(header);
  }
}
