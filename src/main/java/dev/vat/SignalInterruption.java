package dev.vat;

import dev.vat.cli.Interruption;

/// Ctrl-C by way of the JVM's shutdown, which ends the process with 130 for SIGINT.
final class SignalInterruption implements Interruption {
  @Override
  public Handle during(Runnable whenStopped) {
    Thread hook = new Thread(whenStopped, "stopped");
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shuttingDown) {
        // The interruption came first, and the hook is telling about it: nothing to take back.
      }
    };
  }
}
