package dev.vat.cloud.s3;

/// Nothing to sign with. A type of its own, because the SDK reports this as a plain client error
/// that only its text tells from others. Never leaves this package.
final class NoCredentialsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoCredentialsException(Throwable cause) {
    super("no credentials", cause);
  }
}
