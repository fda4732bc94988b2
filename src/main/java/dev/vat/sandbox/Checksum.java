package dev.vat.sandbox;

import java.util.Locale;

/// The checksum that an object keeps.
///
/// @param value base64; with `-N` behind it when it is one over the checksums of N parts
record Checksum(ChecksumAlgorithm algorithm, Type type, String value) {
  /// What it is a checksum of: the checksums of the parts, or the whole content.
  enum Type {
    COMPOSITE,
    FULL_OBJECT;

    /// @throws S3Error when there is no such type
    static Type of(String name) {
      return switch (name.toUpperCase(Locale.ROOT)) {
        case "COMPOSITE" -> COMPOSITE;
        case "FULL_OBJECT" -> FULL_OBJECT;
        default ->
            throw ErrorCode.INVALID_REQUEST.error("Value for x-amz-checksum-type is invalid.");
      };
    }
  }
}
