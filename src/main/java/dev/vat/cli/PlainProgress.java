package dev.vat.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Progress as plain lines, for logs and pipes: nothing for work that takes under a second, then a
/// line every five seconds at most.
final class PlainProgress implements LiveProgress {
  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  private final PrintStream stream;
  private final InstantSource clock;
  private final Object lock = new Object();
  private boolean ended;

  PlainProgress(PrintStream stream, InstantSource clock) {
    this.stream = stream;
    this.clock = clock;
  }

  @Override
  public Task begin(String what, long totalBytes) {
    return new Line(Printable.of(what), totalBytes, clock.instant());
  }

  @Override
  public void above(Runnable printing) {
    synchronized (lock) {
      printing.run();
    }
  }

  /// A log is not redrawn.
  @Override
  public void keepTicking() {}

  @Override
  public void end() {
    synchronized (lock) {
      ended = true;
    }
  }

  private final class Line implements Task {
    private final String what;
    private final Pace pace;
    private Instant nextLine;

    Line(String what, long totalBytes, Instant now) {
      this.what = what;
      this.pace = new Pace(totalBytes, now);
      this.nextLine = now.plus(WORTH_TELLING);
    }

    @Override
    public void advance(long bytes) {
      synchronized (lock) {
        Instant now = clock.instant();
        pace.advance(bytes);
        pace.measure(now);
        if (ended || now.isBefore(nextLine)) {
          return;
        }
        nextLine = now.plus(BETWEEN_LINES);
        stream.print(text() + "\n");
        stream.flush();
      }
    }

    @Override
    public void skip(long bytes) {
      synchronized (lock) {
        pace.skip(bytes, clock.instant());
      }
    }

    private String text() {
      return pace.totalKnown()
          ? what + ": " + pace.percent() + "% (" + pace.amounts(", ") + ")"
          : what + ": " + pace.amounts(", ");
    }

    @Override
    public void close() {}
  }
}
