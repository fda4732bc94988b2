package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The real program in a process of its own, killed (-9) by what it says to S3.
///
/// @param gate before the server
/// @param output what it says to people, added to what is there
record KilledProgram(RequestGate gate, Path output) {
  /// How a process begins.
  interface Start {
    /// @param output what it says to people, added to what is there
    Process into(Path output) throws Exception;
  }

  /// A run that nobody kills.
  interface Whole {
    void run() throws Exception;
  }

  /// How many moments a run has at which it can be killed: of each request that it arrives, and its
  /// answer.
  int momentsOf(Whole whole) throws Exception {
    gate.watch(() -> true);
    whole.run();
    return 2 * gate.requests().size();
  }

  /// Runs a command and kills it at a random one of so many moments, some of them a little later.
  ///
  /// @return whether it was killed before its end
  boolean killed(
      RealTeam team, String user, SplittableRandom random, int moments, String... command)
      throws Exception {
    return killed(to -> team.start(user, to, command), random, moments);
  }

  /// The same with a process of any kind that talks to S3 through the gate.
  boolean killed(Start start, SplittableRandom random, int moments) throws Exception {
    int when = 1 + random.nextInt(moments);
    return killedAt(start, when, random.nextBoolean() ? 0 : random.nextLong(40_000_000));
  }

  /// Kills it at a certain moment, or so long after it.
  ///
  /// @param when which moment, from 1
  /// @param laterNanos 0 for the moment itself, of which nothing gets through then
  /// @return whether it was killed before its end
  boolean killedAt(Start start, int when, long laterNanos) throws Exception {
    AtomicInteger moment = new AtomicInteger();
    CompletableFuture<Process> started = new CompletableFuture<>();
    gate.watch(
        () -> {
          int now = moment.incrementAndGet();
          if (now == when) {
            Process process = started.join();
            if (laterNanos > 0) {
              Thread.ofVirtual()
                  .start(
                      () -> {
                        LockSupport.parkNanos(laterNanos);
                        process.destroyForcibly();
                      });
              return true;
            }
            process.destroyForcibly();
          }
          return laterNanos > 0 || now < when;
        });
    Process process = start.into(output);
    started.complete(process);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    gate.watch(() -> true);
    // 128 + 9: SIGKILL.
    return process.exitValue() == 137;
  }
}
