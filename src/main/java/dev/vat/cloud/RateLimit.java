package dev.vat.cloud;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How many bytes a second all transfers of a run may move together. Thread-safe.
///
/// Each amount reserves its share of the line's time, and waits until that begins: no bursts build
/// up while nothing moves.
public final class RateLimit {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /// How a thread waits; handed in so that tests need not.
  public interface Pause {
    void until(Duration length) throws InterruptedException;
  }

  private final long bytesPerSecond;
  private final InstantSource clock;
  private final Pause pause;
  private Instant free;

  /// @param bytesPerSecond at least 1
  public RateLimit(long bytesPerSecond, InstantSource clock, Pause pause) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("no rate: " + bytesPerSecond);
    }
    this.bytesPerSecond = bytesPerSecond;
    this.clock = clock;
    this.pause = pause;
    this.free = clock.instant();
  }

  /// Waits until this many bytes may have moved.
  void spend(int bytes) {
    Duration wait;
    synchronized (this) {
      Instant now = clock.instant();
      Instant begin = free.isBefore(now) ? now : free;
      free = begin.plusNanos(Math.round((double) bytes * NANOS_PER_SECOND / bytesPerSecond));
      wait = Duration.between(now, free);
    }
    try {
      pause.until(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
