package dev.vat.cli;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How a watch ends at Ctrl-C: by itself, after what it is doing; what takes longer than a moment
/// is cut, and the next run carries on with it.
final class WatchEnd implements WatchedProject.Transfers {
  /// A transfer may take hours, and a look at S3 may be waiting for a line that is gone.
  private static final int PATIENCE_SECONDS = 3;

  private final CountDownLatch over = new CountDownLatch(1);
  private Runnable waker = () -> {};
  private boolean requested;
  private boolean transferring;
  private boolean cut;

  /// @param waker ends the wait between two passes
  synchronized void wakes(Runnable waker) {
    this.waker = waker;
  }

  @Override
  public synchronized Optional<Handle> begin() {
    if (requested) {
      return Optional.empty();
    }
    transferring = true;
    return Optional.of(this::ended);
  }

  private synchronized void ended() {
    transferring = false;
  }

  synchronized boolean isRequested() {
    return requested;
  }

  /// Whether a transfer was cut.
  synchronized boolean isCut() {
    return cut;
  }

  /// The watch came to its end.
  void reached() {
    over.countDown();
  }

  /// Ctrl-C: waits a little for the watch to come to its end; a small file may still get through.
  ///
  /// @return how the process ends
  ExitCode request() {
    Runnable wake;
    synchronized (this) {
      requested = true;
      wake = waker;
    }
    wake.run();
    boolean ended = false;
    try {
      ended = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      // Whoever asked to stop cannot wait.
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      cut = transferring && !ended;
      return cut ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }
  }
}
