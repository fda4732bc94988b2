package dev.vat.cli;

/// One command: a bag of picocli options and parameters that calls one operation of the packages
/// below and prints what came of it. Made anew for each command line.
interface VatCommand {
  /// The command's output options, a picocli mixin of it.
  OutputOptions output();

  /// Does it. Whatever is thrown is told to the user by `Faults`.
  ExitCode run(Invocation invocation) throws Exception;

  /// Ctrl-C was pressed: how the process ends. Asked on another thread while the command runs,
  /// which it may use to let the command come to its end.
  default ExitCode stop() {
    return ExitCode.INTERRUPTED;
  }

  /// What to tell after Ctrl-C, once it has been stopped. May be asked on another thread while the
  /// command runs.
  default String whenStopped() {
    return "Stopped. Nothing half-done is visible; run the same command again to carry on.";
  }
}
