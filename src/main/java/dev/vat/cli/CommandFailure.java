package dev.vat.cli;

import dev.vat.project.ProjectId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

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
  /// @param closest ids that may have been meant, the most similar first
  static CommandFailure unknownProject(String given, List<ProjectId> closest) {
    return new CommandFailure(
        ExitCode.USAGE,
        "unknown_project",
        "no project is called " + Printable.of(given),
        closest.isEmpty()
            ? "give the folder's name, or its unambiguous beginning (b63)"
            : "did you mean " + names(closest) + "?");
  }

  /// Several projects go by that beginning, and nobody guesses.
  static CommandFailure ambiguousProject(String given, List<ProjectId> candidates) {
    return new CommandFailure(
        ExitCode.USAGE,
        "ambiguous_project",
        Printable.of(given) + " could be several projects",
        "say which: " + names(candidates));
  }

  private static String names(List<ProjectId> ids) {
    return ids.stream().map(ProjectId::value).map(Printable::of).collect(Collectors.joining(", "));
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
