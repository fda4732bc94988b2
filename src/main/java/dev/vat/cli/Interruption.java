package dev.vat.cli;

import java.util.function.Supplier;

/// Ctrl-C, and a polite request of the system to end.
public interface Interruption {
  /// From now until the handle is closed, an interruption runs this, briefly, on a thread of its
  /// own; then the process ends with the exit code that it returns.
  Handle during(Supplier<ExitCode> whenStopped);

  /// To be closed when the work ended by itself.
  interface Handle extends AutoCloseable {
    @Override
    void close();
  }
}
