package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A process of ours that prints `begun` as its work begins: it is left alone, or killed (-9) so
/// long after that.
record BegunProcess(Process process) {
  /// Waits until it ends, by itself and well.
  ///
  /// @return how long its work took, in nanoseconds
  long uncut() throws Exception {
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("begun");
      long begun = System.nanoTime();
      String rest = String.join("\n", output.lines().toList());
      assertThat(process.waitFor()).as(rest).isZero();
      return System.nanoTime() - begun;
    }
  }

  /// @return whether it was killed before its end
  boolean killedAfter(long nanos) throws Exception {
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("begun");
      LockSupport.parkNanos(nanos);
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    // 128 + 9: SIGKILL.
    return process.exitValue() == 137;
  }
}
