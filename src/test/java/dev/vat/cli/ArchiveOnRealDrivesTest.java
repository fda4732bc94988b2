package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.disk.ImageDrive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// `vat archive` with real file systems for drives: nothing is pretended. Where they cannot be
/// mounted, the tests say so and are skipped.
final class ArchiveOnRealDrivesTest {
  private static final int MEGABYTES = 300;

  @TempDir Path work;
  private Path repository;

  @BeforeEach
  void prepare() throws IOException {
    repository = Files.createDirectories(work.resolve("v-appydave"));
    write("b63-flivideo/recordings/take 1.mov", 3_000_000);
    write("b63-flivideo/final/é ü/film.mp4", 1_000_001);
    write("b63-flivideo/transcript.txt", 20);
  }

  private void write(String name, int bytes) throws IOException {
    Path file = repository.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }

  private CommandRun archive(Path base, String... more) throws IOException {
    Files.writeString(repository.resolve(".video-tools.env"), "SSD_BASE=" + base + "\n");
    String[] words =
        Stream.concat(Stream.of("archive", "b63"), Stream.of(more)).toArray(String[]::new);
    return CommandRun.in(repository).run(words);
  }

  @Test
  void on_ext4_the_copy_is_proven_and_the_footage_released(TestReporter reporter) throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, MEGABYTES)) {
      Path base = Files.createDirectory(drive.folder().resolve("youtube"));

      CommandRun run = archive(base);

      assertThat(run.exit()).as(run.out() + run.err()).isZero();
      assertThat(run.out()).contains("released 2 files");
      assertThat(repository.resolve("b63-flivideo")).doesNotExist();
      assertThat(base.resolve("b50-b99/b63-flivideo/final/é ü/film.mp4")).hasSize(1_000_001);
    }
  }

  @Test
  void on_ntfs_through_fuse_it_is_copied_and_nothing_is_released(TestReporter reporter)
      throws Exception {
    try (ImageDrive drive = ImageDrive.ntfsIn(work, reporter)) {
      Path base = Files.createDirectory(drive.folder().resolve("youtube"));

      CommandRun run = archive(base);

      assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.PARTLY.number());
      assertThat(run.out()).contains("Nothing here was released");
      assertThat(repository.resolve("b63-flivideo/recordings/take 1.mov")).hasSize(3_000_000);
      assertThat(base.resolve("b50-b99/b63-flivideo/recordings/take 1.mov")).hasSize(3_000_000);
    }
  }

  @Test
  void a_copy_that_only_this_computers_memory_could_tell_of_is_not_listed_as_verified(
      TestReporter reporter) throws Exception {
    try (ImageDrive drive = ImageDrive.ntfsIn(work, reporter)) {
      Path base = Files.createDirectory(drive.folder().resolve("youtube"));

      CommandRun run = archive(base, "--keep-local");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.err()).contains("not proven that it holds what was written");
      assertThat(Files.readString(repository.resolve("projects.json")))
          .contains("b50-b99/b63-flivideo")
          .doesNotContain("\"verified_at\" : \"");
    }
  }

  @Test
  void what_does_not_fit_is_told_before_a_byte_is_written(TestReporter reporter) throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, 16)) {
      Path base = Files.createDirectory(drive.folder().resolve("youtube"));

      CommandRun run = archive(base);

      assertThat(run.exit()).isEqualTo(ExitCode.FAILED.number());
      assertThat(run.out()).contains("not enough disk space", "Nothing was changed");
      assertThat(base).isEmptyDirectory();
    }
  }

  @Test
  void a_drive_that_only_reads_gets_nothing_and_releases_nothing(TestReporter reporter)
      throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, MEGABYTES)) {
      Path base = Files.createDirectory(drive.folder().resolve("youtube"));
      assertThat(archive(base, "--keep-local").exit()).isZero();
      write("b63-flivideo/recordings/take 2.mov", 1_000_000);
      drive.makeReadOnly();

      CommandRun run = archive(base);

      assertThat(run.exit()).isNotZero();
      assertThat(repository.resolve("b63-flivideo/recordings/take 2.mov")).exists();
      assertThat(repository.resolve("b63-flivideo/recordings/take 1.mov")).exists();
    }
  }

  @Test
  void the_folder_that_an_unplugged_drive_leaves_gets_no_copy(TestReporter reporter)
      throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, MEGABYTES)) {
      Path base = Files.createDirectory(drive.folder().resolve("youtube"));
      assertThat(archive(base, "--keep-local").exit()).isZero();
      drive.unplug();
      Files.createDirectory(base);

      CommandRun run = archive(base);

      assertThat(run.exit()).isEqualTo(ExitCode.UNAVAILABLE.number());
      assertThat(base).isEmptyDirectory();
      assertThat(repository.resolve("b63-flivideo/recordings/take 1.mov")).exists();
    }
  }
}
