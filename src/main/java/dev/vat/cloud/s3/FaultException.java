package dev.vat.cloud.s3;

/// Carries a [Fault] from the attempt to the loop that decides about the next one. Never leaves
/// this package.
final class FaultException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Fault fault;

  FaultException(Fault fault, Throwable cause) {
    super(cause);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
