package dev.vat.cli;

import java.util.Optional;

/// Which vat this is.
final class Version {
  private Version() {}

  /// From the jar's manifest; `development build` when run from class files.
  static String vat() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development build");
  }

  /// `vat 1.2.3 (Java 25.0.3, Linux amd64)`.
  static String line() {
    return "vat %s (Java %s, %s %s)"
        .formatted(
            vat(),
            Runtime.version().toString().replaceAll("\\+.*", ""),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }
}
