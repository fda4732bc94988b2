package dev.vat.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until a test advances it.
final class TestClock implements InstantSource {
  private Instant now = Instant.parse("2026-11-22T15:30:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration by) {
    now = now.plus(by);
  }
}
