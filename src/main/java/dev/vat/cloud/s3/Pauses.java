package dev.vat.cloud.s3;

import java.time.Duration;

/// How to wait between two attempts; tests do not really wait.
interface Pauses {
  void pause(Duration duration) throws InterruptedException;

  /// Really waits.
  static Pauses sleeping() {
    return Thread::sleep;
  }
}
