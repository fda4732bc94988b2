package dev.vat;

import dev.vat.cli.KeepAwake;
import dev.vat.cli.OperatingSystem;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Each system's own way to stay awake. On macOS and Linux a small program holds the request; it
/// ends with us however we end, because it waits for our process or for our end of its input.
final class ComputerAwake implements KeepAwake {
  private static final int ES_CONTINUOUS = 0x80000000;
  private static final int ES_SYSTEM_REQUIRED = 0x00000001;

  private final OperatingSystem system;

  ComputerAwake(OperatingSystem system) {
    this.system = system;
  }

  @Override
  public Handle begin(String why) {
    return switch (system) {
      case MAC ->
          program(
              List.of(
                  "caffeinate", "-i", "-m", "-w", Long.toString(ProcessHandle.current().pid())));
      case LINUX ->
          program(
              List.of(
                  "systemd-inhibit",
                  "--what=sleep:idle",
                  "--who=vat",
                  "--why=" + why,
                  "--mode=block",
                  "cat"));
      case WINDOWS -> executionState();
    };
  }

  /// A program that is missing, or refuses, leaves the computer's habits as they are: a courtesy is
  /// no reason to fail or to complain.
  private static Handle program(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process::destroy;
    } catch (IOException missing) {
      return () -> {};
    }
  }

  /// Windows remembers the request by thread, so one thread makes it, waits, and takes it back.
  private static Handle executionState() {
    CountDownLatch over = new CountDownLatch(1);
    Thread.ofPlatform()
        .daemon()
        .name("awake")
        .start(
            () -> {
              Kernel32.call("SetThreadExecutionState", ES_CONTINUOUS | ES_SYSTEM_REQUIRED);
              try {
                over.await();
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              } finally {
                Kernel32.call("SetThreadExecutionState", ES_CONTINUOUS);
              }
            });
    return over::countDown;
  }
}
