package dev.vat.report;

import java.util.Objects;

/// One thing that the doctor found out.
///
/// @param check what was looked at
/// @param level how bad it is
/// @param kind what a problem hinders; [Kind#OTHER] for whatever is none
/// @param message what, and why it matters, in words for users; may hold names from outside
/// @param remedy what to do next; empty when there is nothing to do
public record Finding(Check check, Level level, Kind kind, String message, String remedy) {
  /// How bad it is.
  public enum Level {
    /// Looked at, and as it should be.
    OK,
    /// Worth knowing, or not looked at, and why.
    NOTE,
    /// It works now, and may hurt later.
    WARNING,
    /// Something will not work, or is not safe, until it is mended.
    PROBLEM
  }

  /// What kind of a problem it is.
  public enum Kind {
    /// A setting is missing or wrong.
    SETTINGS,
    /// S3 gives no answer.
    UNREACHABLE,
    /// Anything else.
    OTHER
  }

  public Finding {
    Objects.requireNonNull(check);
    Objects.requireNonNull(level);
    Objects.requireNonNull(kind);
    if (message.isBlank()) {
      throw new IllegalArgumentException("a finding without words: " + check);
    }
    if (level.compareTo(Level.WARNING) >= 0 && remedy.isBlank()) {
      throw new IllegalArgumentException("no remedy for: " + message);
    }
  }

  static Finding ok(Check check, String message) {
    return new Finding(check, Level.OK, Kind.OTHER, message, "");
  }

  static Finding note(Check check, String message, String remedy) {
    return new Finding(check, Level.NOTE, Kind.OTHER, message, remedy);
  }

  static Finding warning(Check check, String message, String remedy) {
    return new Finding(check, Level.WARNING, Kind.OTHER, message, remedy);
  }

  static Finding problem(Check check, String message, String remedy) {
    return new Finding(check, Level.PROBLEM, Kind.OTHER, message, remedy);
  }

  static Finding problem(Check check, Kind kind, String message, String remedy) {
    return new Finding(check, Level.PROBLEM, kind, message, remedy);
  }
}
