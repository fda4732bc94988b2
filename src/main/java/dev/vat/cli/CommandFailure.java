package dev.vat.cli;

import java.util.Collection;
import java.util.Objects;

/// A command cannot go on, and a person can do something about it. Printed without a stack trace.
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exit;
  private final String code;
  private final String hint;

  /// @param code one lower-case word for programs, with `_`, never renamed
  /// @param message what went wrong and why, without a dot when it is one clause
  /// @param hint what to do next; empty when there is nothing to do
  /// @param cause shown with `--debug`, or null
  CommandFailure(ExitCode exit, String code, String message, String hint, Throwable cause) {
    super(message, cause);
    if (!code.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("not a machine word: " + code);
    }
    this.exit = Objects.requireNonNull(exit);
    this.code = code;
    this.hint = Objects.requireNonNull(hint);
  }

  CommandFailure(ExitCode exit, String code, String message, String hint) {
    this(exit, code, message, hint, null);
  }

  /// The command line is not one that we understand.
  static CommandFailure usage(String message, String hint) {
    return new CommandFailure(ExitCode.USAGE, "usage", message, hint);
  }

  /// No project goes by that name.
  ///
  /// @param known the ids that there are
  static CommandFailure unknownProject(String given, Collection<String> known) {
    String hint =
        Suggestions.closest(given, known)
            .map(near -> "did you mean " + Printable.of(near) + "?")
            .orElse(
                known.isEmpty()
                    ? "this repository has no projects yet"
                    : "the folder's name, or its unambiguous beginning, for example "
                        + Printable.of(known.iterator().next()));
    return new CommandFailure(
        ExitCode.USAGE, "unknown_project", "no project is called " + Printable.of(given), hint);
  }

  ExitCode exit() {
    return exit;
  }

  String code() {
    return code;
  }

  String hint() {
    return hint;
  }
}
