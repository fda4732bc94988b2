package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.disk.DeviceDigests;
import dev.vat.disk.ImageDrive;
import dev.vat.mhl.Creator;
import dev.vat.mhl.MhlHistory;
import dev.vat.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// What happens to a copy in the middle of its verification.
final class VerificationTest {
  private static final Instant SHOT = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

  @TempDir Path work;

  private interface Mischief {
    void happen() throws Exception;
  }

  private static final Verification VERIFICATION =
      new Verification(new DeviceDigests(), InstantSource.fixed(NOW), Creator.vat("mac", "1.0"));

  /// Does something when the first bytes were read.
  private static Progress.Task after(Mischief mischief) {
    return new Progress.Task() {
      private boolean done;

      @Override
      public void advance(long bytes) {
        if (!done && bytes > 0) {
          done = true;
          try {
            mischief.happen();
          } catch (IOException fault) {
            throw new UncheckedIOException(fault);
          } catch (Exception fault) {
            throw new IllegalStateException(fault);
          }
        }
      }

      @Override
      public void close() {}
    };
  }

  private static Progress.Task nothing() {
    return after(() -> {});
  }

  private Path copy() throws IOException {
    Path copy = work.resolve("T7/b40-flight");
    write(copy, "a.mov", "first");
    write(copy, "b.mov", "second");
    write(copy, "c.mov", "third");
    run(copy, nothing());
    return copy;
  }

  private VerificationReport run(Path copy, Progress.Task task) throws IOException {
    return VERIFICATION.run(
        VerificationPlan.of(FolderLook.of(copy), Selection.everything()),
        Optional.of(work.resolve("journal.tsv")),
        task);
  }

  @Test
  void a_copy_that_goes_away_says_nothing_of_its_files_and_what_was_read_counts_when_it_is_back()
      throws IOException {
    Path copy = copy();
    Path drawer = work.resolve("drawer");

    assertThatThrownBy(() -> run(copy, after(() -> Files.move(copy.getParent(), drawer))))
        .isInstanceOf(CopyGoneException.class)
        .hasMessageContaining("was its drive unplugged?");
    Files.move(drawer, copy.getParent());
    VerificationReport report = run(copy, nothing());

    assertThat(report.isBad()).isFalse();
    assertThat(report.good()).isEqualTo(3);
    assertThat(report.verifiedAt()).contains(NOW);
    assertThat(MhlHistory.read(copy).generations()).hasSize(2);
  }

  @Test
  void another_folder_in_its_place_is_not_taken_for_it() throws IOException {
    Path copy = copy();

    assertThatThrownBy(
            () ->
                run(
                    copy,
                    after(
                        () -> {
                          Files.move(copy, work.resolve("drawer"));
                          Files.createDirectory(copy);
                        })))
        .isInstanceOf(CopyGoneException.class);
    assertThat(copy).as("nothing was written there").isEmptyDirectory();
  }

  @Test
  void a_drive_that_is_pulled_out_in_the_middle_is_no_damage(TestReporter reporter)
      throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, 16)) {
      Path copy = drive.folder().resolve("b40-flight");
      write(copy, "a.mov", "first");
      write(copy, "b.mov", "second");

      assertThatThrownBy(() -> run(copy, after(drive::unplug)))
          .isInstanceOf(CopyGoneException.class);
      assertThat(drive.folder()).isEmptyDirectory();
    }
  }

  @Test
  void a_file_that_is_edited_in_the_middle_is_not_judged() throws IOException {
    Path copy = copy();

    VerificationReport report =
        run(copy, after(() -> Files.writeString(copy.resolve("c.mov"), "edited")));

    assertThat(report.isBad()).isFalse();
    assertThat(report.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.MOVING));
    assertThat(report.verifiedAt()).isEmpty();
    assertThat(MhlHistory.read(copy).files()).hasSize(3);
  }

  @Test
  void a_reading_is_taken_over_only_while_the_file_and_its_history_are_as_they_were()
      throws IOException {
    Path copy = copy();
    Path drawer = work.resolve("drawer");
    assertThatThrownBy(() -> run(copy, after(() -> Files.move(copy.getParent(), drawer))))
        .isInstanceOf(CopyGoneException.class);
    Files.move(drawer, copy.getParent());
    write(copy, "a.mov", "First");

    assertThat(run(copy, nothing()).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.DAMAGED));
  }

  @Test
  void what_belongs_to_a_folder_with_a_history_of_its_own_is_recorded_there() throws IOException {
    Path copy = work.resolve("T7/b41-reels");
    write(copy, "summary.txt", "two reels");
    write(copy, "reels/A001/clip.mov", "a clip");
    run(copy.resolve("reels/A001"), nothing());
    run(copy, nothing());

    assertThat(MhlHistory.read(copy.resolve("reels/A001")).generations()).hasSize(2);
    assertThat(MhlHistory.read(copy).files()).hasSize(1);
    write(copy, "reels/A001/clip.mov", "a Clip");
    VerificationReport report = run(copy, nothing());
    assertThat(report.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.name()).hasToString("reels/A001/clip.mov"));
    assertThat(report.isBad()).isTrue();
  }

  private static void write(Path base, String name, String content) throws IOException {
    Path file = base.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(SHOT));
  }
}
