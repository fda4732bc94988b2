package dev.vat.cli;

import dev.vat.progress.Progress;
import java.util.concurrent.atomic.AtomicLong;

/// Passes on how far work is, and counts what really moved: not what an earlier run had moved.
final class MovedBytes implements Progress {
  private final Progress progress;
  private final AtomicLong moved = new AtomicLong();

  MovedBytes(Progress progress) {
    this.progress = progress;
  }

  long bytes() {
    return Math.max(0, moved.get());
  }

  @Override
  public Task begin(String what, long totalBytes) {
    Task task = progress.begin(what, totalBytes);
    return new Task() {
      @Override
      public void advance(long bytes) {
        moved.addAndGet(bytes);
        task.advance(bytes);
      }

      @Override
      public void skip(long bytes) {
        task.skip(bytes);
      }

      @Override
      public void close() {
        task.close();
      }
    };
  }
}
