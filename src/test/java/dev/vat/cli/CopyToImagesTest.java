package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.catalog.Catalog;
import dev.vat.disk.CopyProblem;
import dev.vat.disk.ExfatDrive;
import dev.vat.disk.ImageDrive;
import dev.vat.disk.TreeCopy;
import dev.vat.disk.Volumes;
import dev.vat.lifecycle.CopySource;
import dev.vat.lifecycle.DriveCopy;
import dev.vat.lifecycle.DriveCopyOutcome;
import dev.vat.lifecycle.DriveCopyPlan;
import dev.vat.lifecycle.Drives;
import dev.vat.lifecycle.Located;
import dev.vat.mhl.Creator;
import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// Second copies on real file systems: unplugged in the middle, full, write-protected, exFAT. Where
/// they cannot be mounted the tests say so and are skipped.
final class CopyToImagesTest {
  @TempDir Path work;
  private Path repository;

  @BeforeEach
  void prepare() throws IOException {
    repository = Files.createDirectories(work.resolve("v-appydave"));
    Files.writeString(repository.resolve(".video-tools.env"), "");
    write("b63-flivideo/recordings/take 1.mp4", 3_000_000);
    write("b63-flivideo/recordings/take 2.mp4", 2_000_000);
    write("b63-flivideo/notes.txt", 11);
  }

  @Test
  void a_copy_on_a_real_drive_is_proven_by_the_drive(TestReporter reporter) throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, 300)) {
      Path base = added(drive.folder());

      CommandRun run = vat("copy", "b63", "--to", "T8");

      assertThat(run.exit()).as(run.out() + run.err()).isZero();
      assertThat(run.out()).contains("read back from the drive and compared");
      assertThat(base.resolve("b50-b99/b63-flivideo/recordings/take 2.mp4")).exists();
      assertThat(vat("drives").out()).contains("T8: " + base, "1 project");
    }
  }

  @Test
  void a_drive_that_is_too_small_is_told_before_anything_is_written(TestReporter reporter)
      throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, 16)) {
      Path base = added(drive.folder());

      CommandRun run = vat("copy", "b63", "--to", "T8");

      assertThat(run.exit()).isEqualTo(ExitCode.FAILED.number());
      assertThat(run.err()).contains("it does not fit on T8", "not enough disk space");
      assertThat(base).isEmptyDirectory();
    }
  }

  @Test
  void a_write_protected_drive_is_told(TestReporter reporter) throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, 300)) {
      Path base = added(drive.folder());
      drive.makeReadOnly();

      CommandRun run = vat("copy", "b63", "--to", "T8");

      assertThat(run.exit()).isEqualTo(ExitCode.FAILED.number());
      assertThat(run.out() + run.err()).contains("Read-only file system");
      assertThat(base).isEmptyDirectory();
      assertThat(vat("list", "b63*").out()).doesNotContain("b63-flivideo");
    }
  }

  @Test
  void a_drive_that_is_unplugged_in_the_middle_is_told_and_the_next_run_goes_on(
      TestReporter reporter) throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, 300)) {
      Path base = added(drive.folder());
      Path place = drive.folder();
      AtomicBoolean pulled = new AtomicBoolean();

      DriveCopyOutcome outcome = copy(base, (_, _) -> pulling(drive, pulled));

      assertThat(outcome.copy()).isEmpty();
      assertThat(outcome.copied().problems())
          .hasAtLeastOneElementOfType(CopyProblem.TargetGone.class);
      assertThat(place).isEmptyDirectory();
      assertThat(vat("copy", "b63", "--to", "T8").exit()).isEqualTo(ExitCode.UNAVAILABLE.number());

      drive.plugInAt(work.resolve("elsewhere"));
      CommandRun run = vat("copy", "b63", "--to", "T8");
      assertThat(run.exit()).as(run.out() + run.err()).isZero();
      Path copy = drive.folder().resolve("youtube/b50-b99/b63-flivideo");
      assertThat(copy.resolve("recordings/take 1.mp4"))
          .hasSameBinaryContentAs(repository.resolve("b63-flivideo/recordings/take 1.mp4"));
      assertThat(vat("mhl", "check", copy.toString()).exit()).isZero();
    }
  }

  @Test
  void on_exFAT_through_FUSE_it_is_said_that_the_drive_itself_proved_nothing(TestReporter reporter)
      throws Exception {
    try (ExfatDrive drive = ExfatDrive.mountIn(work, reporter)) {
      Path base = added(drive.folder());
      write("b63-flivideo/take 3: end.txt", 1);
      CommandRun refused = vat("copy", "b63", "--to", "T8");
      assertThat(refused.exit()).isEqualTo(ExitCode.FAILED.number());
      assertThat(refused.err())
          .contains("T8 cannot hold all names of b63-flivideo")
          .contains("Windows allows no : in a name. Rename it without the :.");
      assertThat(base).isEmptyDirectory();
      Files.delete(repository.resolve("b63-flivideo/take 3: end.txt"));
      Path other = Files.createDirectories(base.resolve("c00-c49/C07-Else"));
      write("c07-else/film.mp4", 1);
      CommandRun capitals = vat("copy", "c07", "--to", "T8");
      assertThat(capitals.exit()).isEqualTo(ExitCode.CONFLICT.number());
      assertThat(capitals.err())
          .contains(other + " has the name of c07-else in other capital letters");

      CommandRun run = vat("copy", "b63", "--to", "T8");

      assertThat(run.exit()).as(run.out() + run.err()).isZero();
      assertThat(run.err()).contains("cannot be read past the system's memory");
      assertThat(vat("list", "b63*").out()).contains("yes").doesNotContain("verified");
    }
  }

  @Test
  void what_was_archived_to_one_drive_is_copied_to_another(TestReporter reporter) throws Exception {
    Path other = Files.createDirectory(work.resolve("other"));
    try (ImageDrive first = ImageDrive.ext4In(work, reporter, 300);
        ImageDrive second = ImageDrive.ext4In(other, reporter, 300)) {
      Path base = Files.createDirectory(first.folder().resolve("youtube"));
      Files.writeString(repository.resolve(".video-tools.env"), "SSD_BASE=" + base + "\n");
      CommandRun archived = vat("archive", "b63");
      assertThat(archived.exit()).as(archived.out() + archived.err()).isZero();
      assertThat(repository.resolve("b63-flivideo")).doesNotExist();
      added(second.folder());

      CommandRun run = vat("copy", "b63", "--to", "T8");

      assertThat(run.exit()).as(run.out() + run.err()).isZero();
      assertThat(run.out()).contains("from: drive-ext4", "3 files");
      assertThat(vat("list", "b63*").out()).contains("archived", "2 (2 verified)");
      assertThat(vat("verify", "b63").exit()).isZero();
    }
  }

  private static Progress.Task pulling(ImageDrive drive, AtomicBoolean pulled) {
    return new Progress.Task() {
      @Override
      public void advance(long bytes) {
        if (bytes > 0 && !pulled.getAndSet(true)) {
          try {
            drive.unplug();
          } catch (Exception refused) {
            throw new AssertionError(refused);
          }
        }
      }

      @Override
      public void close() {}
    };
  }

  private DriveCopyOutcome copy(Path base, Progress progress) throws IOException {
    FileKinds kinds = new FileKinds(100_000_000);
    Drives drives =
        new Drives(
            repository,
            "v-voz",
            Optional.of(base),
            false,
            Volumes.ofThisSystem(),
            InstantSource.system());
    Located.Connected target = (Located.Connected) drives.primary(Catalog.empty());
    DriveCopy copy =
        new DriveCopy(
            TreeCopy.ofThisSystem(), kinds, Creator.vat("here", "1"), InstantSource.system());
    CopySource source = CopySource.at("local", repository.resolve("b63-flivideo"), false, kinds);
    DriveCopyPlan plan =
        copy.plan(new ProjectId("b63-flivideo"), List.of(source), List.of(), target);
    return copy.run((DriveCopyPlan.Ready) plan, progress);
  }

  private Path added(Path drive) throws IOException {
    Path base = Files.createDirectory(drive.resolve("youtube"));
    assertThat(vat("drives", "add", base.toString(), "--name", "T8").exit()).isZero();
    return base;
  }

  private CommandRun vat(String... words) {
    return CommandRun.in(repository).run(words);
  }

  private void write(String name, int bytes) throws IOException {
    Path file = repository.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }
}
