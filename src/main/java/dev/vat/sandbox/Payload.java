package dev.vat.sandbox;

/// What the signature says about the body.
///
/// Source: Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
sealed interface Payload {
  /// The body has this SHA-256, in hex.
  record Fixed(String sha256) implements Payload {}

  /// Nothing.
  record Unsigned() implements Payload {}

  /// It comes in chunks.
  ///
  /// @param signer checks each chunk; null when chunks are not signed
  /// @param trailer whether headers follow the last chunk
  record Chunked(ChunkSigner signer, boolean trailer) implements Payload {}
}
