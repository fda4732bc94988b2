package dev.vat.cli;

import java.util.Locale;

/// The systems whose customs differ for us.
public enum OperatingSystem {
  WINDOWS,
  MAC,
  /// Linux and every other POSIX system.
  LINUX;

  /// @param name as in the system property `os.name`
  public static OperatingSystem named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("windows")) {
      return WINDOWS;
    }
    return lower.startsWith("mac") ? MAC : LINUX;
  }
}
