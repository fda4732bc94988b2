package dev.vat.report;

import dev.vat.cloud.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Bounds how long one question to S3 may take: its own retries are made for long transfers, and a
/// person waits for the doctor.
///
/// @param limit for one question, its retries included
record Patience(Duration limit) {
  /// One question.
  interface Question<T> {
    T ask() throws IOException;
  }

  /// Asks, on a thread of its own, which is interrupted when the time is over.
  ///
  /// @throws StoreException.Unreachable when there was no answer in time; what was asked for may
  ///     have been done all the same
  <T> T ask(Question<T> question) throws IOException {
    Callable<T> call = question::ask;
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofVirtual().name("doctor").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      task.cancel(true);
      throw new StoreException.Unreachable(
          "S3 gave no answer within " + limit.toSeconds() + " seconds", late);
    } catch (InterruptedException stopped) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("stopped while S3 was asked", stopped);
    } catch (ExecutionException failed) {
      throw rethrown(failed.getCause());
    }
  }

  private static IOException rethrown(Throwable cause) {
    return switch (cause) {
      case IOException io -> io;
      case RuntimeException defect -> throw defect;
      case Error error -> throw error;
      default -> new IOException(cause);
    };
  }
}
