package dev.vat.sandbox;

/// A request refused, as S3 words it. Carries no stack trace: the client is at fault, not the code.
final class S3Error extends RuntimeException {
  final ErrorCode code;

  S3Error(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }
}
