package dev.vat.cli;

import dev.vat.project.Sizes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// How far one piece of work is and how fast it goes. Not safe for several threads: its owner
/// locks.
final class Pace {
  /// Measurements weigh less with age: after so long, a third of their first weight. Long enough
  /// for parts that are acknowledged in lumps, short enough to notice that a line has died.
  private static final double MEMORY_SECONDS = 8;

  private static final Duration SHORTEST_MEASURE = Duration.ofMillis(250);

  private final long total;
  private final Instant began;
  private long done;
  private long measuredDone;
  private Instant measuredAt;
  private boolean measured;
  private double bytesPerSecond;

  /// By the last measurement in which something moved.
  private double lastMovingRate;

  /// @param total bytes; negative when not known
  Pace(long total, Instant now) {
    this.total = total;
    this.began = now;
    this.measuredAt = now;
  }

  void advance(long bytes) {
    done = Math.max(0, done + bytes);
  }

  /// What need not be moved: done, and no measure of how fast it goes. Neither is the time that it
  /// took to find that out, unless something else moved meanwhile.
  ///
  /// @param bytes negative takes back
  void skip(long bytes, Instant now) {
    advance(bytes);
    measuredDone += bytes;
    if (done == measuredDone) {
      measuredAt = now;
      bytesPerSecond = lastMovingRate;
    }
  }

  /// Takes a measurement, when the last one is long enough ago.
  void measure(Instant now) {
    Duration since = Duration.between(measuredAt, now);
    if (since.isNegative()) {
      // The wall clock was set back: measure from here on.
      measuredAt = now;
      return;
    }
    if (since.compareTo(SHORTEST_MEASURE) < 0) {
      return;
    }
    double seconds = since.toNanos() / 1e9;
    long moved = Math.max(0, done - measuredDone);
    if (!measured && moved == 0) {
      // Nothing has moved yet: a mean with that in it would be wrong for long.
      return;
    }
    double kept = measured ? Math.exp(-seconds / MEMORY_SECONDS) : 0;
    bytesPerSecond = kept * bytesPerSecond + (1 - kept) * moved / seconds;
    if (moved > 0) {
      lastMovingRate = bytesPerSecond;
    }
    measured = true;
    measuredAt = now;
    measuredDone = done;
  }

  boolean totalKnown() {
    return total >= 0;
  }

  long total() {
    return total;
  }

  long done() {
    return totalKnown() ? Math.min(done, total) : done;
  }

  /// 0 to 100, cut: 100 only when all is done.
  int percent() {
    return total <= 0 ? 0 : (int) Math.floor(done() * 100.0 / total);
  }

  /// How long it has been under way.
  Duration age(Instant now) {
    Duration age = Duration.between(began, now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  /// Bytes per second, smoothed; empty before the first measurement.
  OptionalLong rate() {
    return measured ? OptionalLong.of((long) bytesPerSecond) : OptionalLong.empty();
  }

  /// Empty when the end or the pace is not known, and when nothing moves.
  Optional<Duration> left() {
    if (!totalKnown() || bytesPerSecond < 1) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds((long) Math.ceil((total - done()) / bytesPerSecond)));
  }

  /// `18.2 of 45.6 MB, 2.1 MB/s, 13s left`, as far as it is known.
  String amounts(String separator) {
    StringBuilder text = new StringBuilder();
    text.append(totalKnown() ? Sizes.of(done(), total) : Sizes.of(done()));
    rate().ifPresent(rate -> text.append(separator).append(Sizes.of(rate)).append("/s"));
    left().ifPresent(left -> text.append(separator).append(Durations.of(left)).append(" left"));
    return text.toString();
  }
}
