package dev.vat.sandbox;

import java.util.Map;

/// A request refused, as S3 words it. Carries no stack trace: the client is at fault, not the code.
final class S3Error extends RuntimeException {
  final ErrorCode code;

  /// What the document says beside code and message: elements and their texts.
  final transient Map<String, String> details;

  S3Error(ErrorCode code, String message) {
    this(code, message, Map.of());
  }

  S3Error(ErrorCode code, String message, Map<String, String> details) {
    super(message, null, false, false);
    this.code = code;
    this.details = Map.copyOf(details);
  }
}
