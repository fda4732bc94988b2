package dev.vat.disk;

import dev.vat.progress.Progress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Copies a tree until so many blocks went through, says so, and waits for its end.
final class CopyingChild {
  private CopyingChild() {}

  public static void main(String[] arguments) throws Exception {
    Footage source = new Footage(Path.of(arguments[0]));
    AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[2]));
    Progress counting =
        (_, _) ->
            new Progress.Task() {
              @Override
              public void advance(long bytes) {
                if (left.decrementAndGet() <= 0) {
                  System.out.println("kill me");
                  waitForever();
                }
              }

              @Override
              public void skip(long bytes) {}

              @Override
              public void close() {}
            };
    TreeCopy.ofThisSystem().copyNew(Path.of(arguments[1]), source.files(), counting);
    System.out.println("finished");
  }

  private static void waitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException end) {
      throw new IllegalStateException(end);
    }
  }
}
