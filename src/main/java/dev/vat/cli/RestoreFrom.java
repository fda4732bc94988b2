package dev.vat.cli;

/// Which copy `vat restore` takes.
sealed interface RestoreFrom {
  /// Nothing was said: the nearest whole one.
  record Nearest() implements RestoreFrom {}

  /// The best one on a connected drive.
  record AnyDrive() implements RestoreFrom {}

  /// The one on a certain drive.
  record Drive(String name) implements RestoreFrom {}

  /// The archive in S3.
  record Cloud() implements RestoreFrom {}

  /// @param typed null when nothing was
  static RestoreFrom of(String typed) {
    return switch (typed) {
      case null -> new Nearest();
      case "ssd" -> new AnyDrive();
      case "s3" -> new Cloud();
      default -> new Drive(typed);
    };
  }

  /// Whether no other place than a drive will do.
  default boolean isDrive() {
    return this instanceof AnyDrive || this instanceof Drive;
  }
}
