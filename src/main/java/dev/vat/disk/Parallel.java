package dev.vat.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// Independent work on virtual threads, never more than a given number at once.
public final class Parallel {
  private Parallel() {}

  /// What is done with one item.
  public interface Work<T> {
    void on(T item) throws IOException;
  }

  /// Does the work on every item, and returns when all of it ended. After a failure no further item
  /// is begun; what is under way ends by itself, since interrupting it would close the files it
  /// writes.
  ///
  /// @throws IOException the first failure
  public static <T> void forEach(Collection<T> items, int atOnce, Work<T> work) throws IOException {
    Semaphore slots = new Semaphore(atOnce);
    AtomicBoolean failed = new AtomicBoolean();
    List<Future<?>> futures = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T item : items) {
        slots.acquireUninterruptibly();
        if (failed.get()) {
          break;
        }
        futures.add(
            threads.submit(
                () -> {
                  try {
                    work.on(item);
                  } catch (IOException | RuntimeException | Error e) {
                    failed.set(true);
                    throw e;
                  } finally {
                    slots.release();
                  }
                  return null;
                }));
      }
    }
    for (Future<?> future : futures) {
      rethrowFailureOf(future);
    }
  }

  private static void rethrowFailureOf(Future<?> future) throws IOException {
    try {
      future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted after all work had ended", e);
    }
  }
}
