package dev.vat.cloud.s3;

import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/// By which of the account's own keys an object is encrypted. A copy is encrypted as its bucket
/// does by itself unless that is named; what S3 does everywhere by itself (AES256) need not be.
///
/// @param kind S3's own word, of the KMS kinds
/// @param key its id; may be null, for the account's default
record Encryption(String kind, String key) {
  static Optional<Encryption> of(HeadObjectResponse said) {
    String kind = said.serverSideEncryptionAsString();
    return kind != null && kind.startsWith("aws:kms")
        ? Optional.of(new Encryption(kind, said.ssekmsKeyId()))
        : Optional.empty();
  }
}
