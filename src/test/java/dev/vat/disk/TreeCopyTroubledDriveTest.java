package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// Drives that are full, write-protected, or go away.
final class TreeCopyTroubledDriveTest {
  @TempDir Path work;
  private Footage source;
  private final TreeCopy copy = TreeCopy.ofThisSystem();

  @BeforeEach
  void prepare() throws IOException {
    source = new Footage(work.resolve("b63-flivideo"));
    for (int i = 0; i < 6; i++) {
      source.add("take " + i + ".mov", 5_000_000 + i);
    }
  }

  @Test
  void a_tiny_drive_is_refused_before_anything_is_written(TestReporter reporter) throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, 24)) {
      Path target = drive.folder().resolve("b63-flivideo");

      TreeCopied copied = copy.copyNew(target, source.files(), Progress.none());

      assertThat(copied.files()).isEmpty();
      assertThat(copied.problems()).singleElement().isInstanceOf(CopyProblem.DiskFull.class);
      assertThat(Footage.filesOf(TreeCopy.temporaryFor(target))).isEmpty();
    }
  }

  @Test
  void a_drive_that_gets_full_in_the_middle_keeps_what_came_and_the_next_run_goes_on(
      TestReporter reporter) throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, 170)) {
      Path target = drive.folder().resolve("b63-flivideo");
      Path other = drive.folder().resolve("another program's file");
      Progress filling = after(12_000_000, () -> fill(other));

      TreeCopied copied = copy.copyNew(target, source.files(), filling);

      assertThat(copied.problems()).singleElement().isInstanceOf(CopyProblem.DiskFull.class);
      assertThat(copied.files()).hasSizeBetween(1, 5);
      assertThat(target).doesNotExist();
      Files.delete(other);
      TreeCopied again = copy.copyNew(target, source.files(), Progress.none());
      assertThat(again.isProven()).as("%s", again.problems()).isTrue();
      assertThat(again.files().stream().filter(file -> !file.written()))
          .hasSizeGreaterThanOrEqualTo(copied.files().size());
    }
  }

  @Test
  void a_write_protected_drive_is_told(TestReporter reporter) throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, 24)) {
      drive.makeReadOnly();

      TreeCopied copied =
          copy.copyNew(drive.folder().resolve("b63-flivideo"), source.files(), Progress.none());

      assertThat(copied.problems())
          .singleElement()
          .isInstanceOf(CopyProblem.NotWritable.class)
          .extracting(CopyProblem::message)
          .asString()
          .contains("nothing can be written", "write-protected");
    }
  }

  @Test
  void unplugged_in_the_middle_nothing_is_written_to_the_disk_below(TestReporter reporter)
      throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, 170)) {
      Path target = drive.folder().resolve("b63-flivideo");

      TreeCopied copied =
          copy.copyNew(
              target,
              source.files(),
              after(
                  12_000_000,
                  () -> {
                    try {
                      drive.unplug();
                    } catch (Exception failed) {
                      throw new IllegalStateException(failed);
                    }
                  }));

      assertThat(copied.problems())
          .singleElement()
          .isEqualTo(new CopyProblem.TargetGone(TreeCopy.temporaryFor(target)));
      assertThat(drive.folder()).isEmptyDirectory();
    }
  }

  private static Progress after(long bytes, Runnable what) {
    AtomicBoolean done = new AtomicBoolean();
    return (_, _) ->
        new Progress.Task() {
          private long told;

          @Override
          public synchronized void advance(long more) {
            told += more;
            if (told >= bytes && done.compareAndSet(false, true)) {
              what.run();
            }
          }

          @Override
          public void close() {}
        };
  }

  private static void fill(Path file) {
    byte[] much = new byte[1 << 16];
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(much);
      }
    } catch (IOException full) {
      if (!Files.exists(file)) {
        throw new UncheckedIOException(full);
      }
    }
  }
}
