package dev.vat;

import dev.vat.cli.ExitCode;
import dev.vat.cli.Interruption;
import java.util.function.Supplier;

/// Ctrl-C by way of the JVM's shutdown, which ends the process with 130 for SIGINT.
final class SignalInterruption implements Interruption {
  @Override
  public Handle during(Supplier<ExitCode> whenStopped) {
    Thread hook = new Thread(() -> end(whenStopped.get()), "stopped");
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shuttingDown) {
        // The interruption came first, and the hook is telling about it: nothing to take back.
      }
    };
  }

  /// A shutdown cannot be given another exit code than the signal's; the process can be ended at
  /// once.
  private static void end(ExitCode exit) {
    if (exit != ExitCode.INTERRUPTED) {
      Runtime.getRuntime().halt(exit.number());
    }
  }
}
