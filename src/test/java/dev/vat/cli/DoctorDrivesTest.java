package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.catalog.DriveIdFile;
import dev.vat.disk.ExfatDrive;
import dev.vat.disk.ImageDrive;
import dev.vat.lifecycle.PretendVolumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// What `vat doctor` says of the drives. No bucket is set, so it asks no network.
final class DoctorDrivesTest {
  @TempDir Path temp;
  private Path repository;
  private Path t7;
  private Path t8;
  private PretendVolumes computer;

  @BeforeEach
  void prepare() throws IOException {
    TwoDrives drives = TwoDrives.in(temp);
    repository = drives.repository();
    t7 = drives.t7();
    t8 = drives.t8();
    computer = drives.computer();
    Path film = t7.resolve("youtube/b00-b49/b40-flight/film.mov");
    Files.createDirectories(film.getParent());
    Files.write(film, new byte[10]);
  }

  @Test
  void a_drive_that_is_not_known_yet_is_told_and_not_marked() throws IOException {
    assertThat(doctor()).contains("ssd, note: At ", "vat manifest takes it up");
    assertThat(t7.resolve(DriveIdFile.NAME)).doesNotExist();
  }

  @Test
  void what_only_one_drive_holds_and_what_was_never_verified_is_a_warning() throws IOException {
    vat("manifest");

    assertThat(doctor())
        .contains("ssd: T7 is at " + t7.resolve("youtube"))
        .contains("Of 1 project no other whole copy is known than on T7 (b40-flight)")
        .contains("vat copy PROJECT --to DRIVE", "1 copy on T7 was never verified");

    vat("drives", "add", t8.resolve("youtube").toString());
    vat("copy", "b40", "--to", "T8");
    assertThat(doctor()).doesNotContain("no other whole copy").contains("ssd: T8 is at ");
  }

  @Test
  void an_unplugged_drive_is_a_note_and_a_wrong_one_a_warning() throws IOException {
    vat("manifest");
    computer.unplug(t7);
    Files.move(t7, t7.resolveSibling("drawer"));
    assertThat(doctor()).contains("ssd, note: T7 is not connected", "Plug it in.");

    Files.createDirectories(t7.resolve("youtube"));
    assertThat(doctor()).contains("ssd, warning: ", "same volume as the repository");

    computer.plug(t7, "BBBB-0001");
    assertThat(doctor()).contains("ssd, warning: ", "does not show that it is on T7");
  }

  @Test
  void a_cloned_drive_is_a_problem() throws IOException {
    vat("manifest");
    Files.copy(t7.resolve(DriveIdFile.NAME), t8.resolve(DriveIdFile.NAME));

    CommandRun run = vat("doctor");

    assertThat(run.out()).contains("ssd, problem: Several drives show the id of T7", "--new-id");
    assertThat(run.exit()).isEqualTo(ExitCode.FAILED.number());
  }

  @Test
  void what_a_cut_copy_has_left_is_told() throws IOException {
    vat("manifest");
    Files.createDirectories(t7.resolve("youtube/b50-b99/.vat-tmp-b63-flivideo-0a1b2c3d"));

    assertThat(doctor()).contains(".vat-tmp-b63-flivideo-0a1b2c3d is what a copy that was cut");
  }

  @Test
  void a_manifest_that_is_none_is_a_problem() throws IOException {
    Files.writeString(repository.resolve("projects.json"), "[]");

    assertThat(doctor()).contains("ssd, problem: ", "projects.json cannot be understood");
  }

  @Test
  void without_any_drive_nothing_is_wrong() throws IOException {
    Files.writeString(repository.resolve(".video-tools.env"), "");

    assertThat(doctor()).contains("ssd: SSD_BASE is not set");
  }

  @Test
  void a_full_and_write_protected_drive_is_told(TestReporter reporter) throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(temp, reporter, 16)) {
      base(Files.createDirectory(drive.folder().resolve("youtube")));
      assertThat(CommandRun.in(repository).run("manifest").exit()).isZero();
      drive.makeReadOnly();

      assertThat(CommandRun.in(repository).run("doctor").out())
          .contains("free: it is full", "it can be read only");
    }
  }

  @Test
  void an_exFAT_drive_through_FUSE_is_said_to_prove_nothing(TestReporter reporter)
      throws Exception {
    try (ExfatDrive drive = ExfatDrive.mountIn(temp, reporter)) {
      base(Files.createDirectory(drive.folder().resolve("youtube")));
      assertThat(CommandRun.in(repository).run("manifest").exit()).isZero();

      assertThat(CommandRun.in(repository).run("doctor").out())
          .contains("cannot be read past a memory in between");
    }
  }

  private void base(Path base) throws IOException {
    Files.writeString(repository.resolve(".video-tools.env"), "SSD_BASE=" + base + "\n");
  }

  private String doctor() {
    return vat("doctor").out();
  }

  private CommandRun vat(String... words) {
    return CommandRun.in(repository)
        .using(new DrivesCommandTest.OnThisComputer(computer))
        .with("PATH", System.getenv("PATH"))
        .run(words);
  }
}
