package dev.vat.cli;

import java.time.Duration;
import java.time.Instant;

/// When to try again what failed: after pauses that double, up to a longest one. Told the time, it
/// has no clock.
final class Retry {
  private static final Duration FIRST = Duration.ofSeconds(5);

  private final Duration longest;
  private Duration pause = Duration.ZERO;
  private Instant next = Instant.MIN;

  Retry(Duration longest) {
    this.longest = longest;
  }

  /// @return whether this is the first failure since it worked
  boolean failed(Instant now) {
    boolean first = pause.isZero();
    pause = first ? FIRST : pause.multipliedBy(2);
    if (pause.compareTo(longest) > 0) {
      pause = longest;
    }
    next = now.plus(pause);
    return first;
  }

  /// @return whether it had failed before
  boolean worked() {
    boolean again = !pause.isZero();
    pause = Duration.ZERO;
    next = Instant.MIN;
    return again;
  }

  /// Also after a clock was set back: no wait is longer than the longest.
  boolean mayTry(Instant now) {
    return !now.isBefore(next) || now.plus(longest).isBefore(next);
  }

  /// The next attempt may be made at once: the world has changed.
  void atOnce() {
    next = Instant.MIN;
  }

  /// How long from now on until the next attempt; zero when it may be made.
  Duration left(Instant now) {
    return mayTry(now) ? Duration.ZERO : Duration.between(now, next);
  }
}
