package dev.vat.cloud.s3;

import dev.vat.cloud.LineWatch;
import java.util.concurrent.atomic.AtomicReference;

/// Whether the server was ever heard, and whether it is heard now. Thread-safe.
final class LineState {
  private enum Heard {
    NEVER,
    YES,
    NO_MORE
  }

  private final AtomicReference<Heard> state = new AtomicReference<>(Heard.NEVER);
  private final AtomicReference<LineWatch> watch = new AtomicReference<>();

  void watchedBy(LineWatch other) {
    watch.set(other);
  }

  /// There was an answer, whatever it was.
  void heard() {
    LineWatch told = watch.get();
    if (state.getAndSet(Heard.YES) == Heard.NO_MORE && told != null) {
      told.back();
    }
  }

  boolean wasHeard() {
    return state.get() != Heard.NEVER;
  }

  /// There was none, several times.
  void lost() {
    LineWatch told = watch.get();
    if (state.compareAndSet(Heard.YES, Heard.NO_MORE) && told != null) {
      told.lost();
    }
  }
}
