package dev.vat.disk;

import dev.vat.mhl.FileDigests;
import dev.vat.mhl.RunningXxh64;
import dev.vat.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// XXH64 and MD5 of a file, read past the page cache where the file system allows it.
///
/// Thread-safe; memory as of [ContentHasher].
public final class DeviceDigests {
  private final ContentHasher hasher;

  public DeviceDigests() {
    this(new ContentHasher());
  }

  DeviceDigests(ContentHasher hasher) {
    this.hasher = hasher;
  }

  /// Flushes the file and reads it whole, from the device if that is possible, else as programs
  /// read it. The result says which.
  ///
  /// @param file not followed when it is a link
  /// @param task told of the file's bytes once, also where it had to be read twice
  /// @throws FileChangedException when size, time or identity changed meanwhile
  /// @throws IOException when it cannot be read, or is no plain file
  public Digested of(Path file, Progress.Task task) throws IOException {
    return of(file, task, () -> (_, _, _) -> {});
  }

  /// The same, with somebody who looks at the bytes too.
  ///
  /// @param along asked for a new one whenever the reading begins; the last one got the whole
  ///     content
  public Digested of(Path file, Progress.Task task, Supplier<ContentHasher.Along> along)
      throws IOException {
    Counting counting = new Counting(task);
    RunningXxh64 xxh64 = new RunningXxh64();
    Optional<Hashed> direct =
        hasher.hashFromDevice(file, counting, both(xxh64::update, along.get()));
    if (direct.isPresent()) {
      return digested(direct.get(), xxh64, ReadFrom.DEVICE);
    }
    counting.takeBack();
    return plainly(file, task, along.get());
  }

  private static ContentHasher.Along both(ContentHasher.Along one, ContentHasher.Along other) {
    return (bytes, offset, length) -> {
      one.update(bytes, offset, length);
      other.update(bytes, offset, length);
    };
  }

  /// Reads the file whole, as programs read it: for a source, of which nothing has to be proven.
  public Digested plainly(Path file, Progress.Task task) throws IOException {
    return plainly(file, task, (_, _, _) -> {});
  }

  /// The same, with somebody who looks at the bytes too.
  public Digested plainly(Path file, Progress.Task task, ContentHasher.Along along)
      throws IOException {
    RunningXxh64 xxh64 = new RunningXxh64();
    return digested(
        hasher.hash(file, task, both(xxh64::update, along)), xxh64, ReadFrom.PAGE_CACHE_ONLY);
  }

  private static Digested digested(Hashed hashed, RunningXxh64 xxh64, ReadFrom from) {
    return new Digested(hashed.stamp(), FileDigests.of(hashed.content(), xxh64), from);
  }

  /// What a reading told that has to be done again.
  private static final class Counting implements Progress.Task {
    private final Progress.Task task;
    private long told;

    Counting(Progress.Task task) {
      this.task = task;
    }

    @Override
    public void advance(long bytes) {
      told += bytes;
      task.advance(bytes);
    }

    void takeBack() {
      task.advance(-told);
      told = 0;
    }

    @Override
    public void close() {
      // The task is the caller's to close.
    }
  }
}
