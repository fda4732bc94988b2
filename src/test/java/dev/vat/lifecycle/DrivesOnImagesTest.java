package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.DriveIdFile;
import dev.vat.disk.ExfatDrive;
import dev.vat.disk.ImageDrive;
import dev.vat.disk.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// Real file systems that are mounted, unplugged and mounted elsewhere. Where that is not allowed,
/// the tests say so and are skipped; `DrivesTest` tells the same with folders everywhere.
final class DrivesOnImagesTest {
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final int MEGABYTES = 16;

  @TempDir Path work;
  private Path repository;
  private Catalog known = Catalog.empty();

  @BeforeEach
  void prepare() throws IOException {
    repository = Files.createDirectories(work.resolve("v-appydave"));
  }

  @Test
  void a_drive_is_found_where_the_system_mounts_it(TestReporter reporter) throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, MEGABYTES)) {
      Path place = drive.folder();
      Drives drives = drives(Files.createDirectory(place.resolve("youtube")));
      Located.Connected adopted = adopt(drives);
      assertThat(place.resolve(DriveIdFile.NAME)).isRegularFile();
      assertThat(adopted.drive().base()).isEqualTo("youtube");
      assertThat(adopted.onRepositoryVolume()).isFalse();

      drive.unplug();
      assertThat(drives.primary(known)).isInstanceOf(Located.NotConnected.class);
      Files.createDirectory(place.resolve("youtube"));
      assertThat(drives.primary(known)).isInstanceOf(Located.OnOwnDisk.class);

      drive.plugInAt(work.resolve("odd name,\twith (blanks) \u00e9"));
      assertThat(drives.primary(known))
          .isInstanceOfSatisfying(
              Located.Connected.class,
              found -> {
                assertThat(found.base()).isEqualTo(drive.folder().resolve("youtube"));
                assertThat(found.drive().id()).isEqualTo(adopted.drive().id());
              });
      assertThat(place.resolve("youtube")).isEmptyDirectory();
    }
  }

  @Test
  void two_drives_with_one_id_are_told(TestReporter reporter) throws Exception {
    Path other = Files.createDirectory(work.resolve("other"));
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, MEGABYTES);
        ImageDrive clone = ImageDrive.ext4In(other, reporter, MEGABYTES)) {
      Drives drives = drives(Files.createDirectory(drive.folder().resolve("youtube")));
      adopt(drives);
      Files.createDirectory(clone.folder().resolve("youtube"));
      Files.copy(
          drive.folder().resolve(DriveIdFile.NAME), clone.folder().resolve(DriveIdFile.NAME));

      assertThat(drives.primary(known))
          .isInstanceOfSatisfying(
              Located.Cloned.class, both -> assertThat(both.places()).hasSize(2));

      clone.unplug();
      assertThat(drives.primary(known)).isInstanceOf(Located.Connected.class);
    }
  }

  @Test
  void a_write_protected_drive_is_told_when_it_cannot_be_marked(TestReporter reporter)
      throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, MEGABYTES)) {
      Drives drives = drives(Files.createDirectory(drive.folder().resolve("youtube")));
      Located.Unmarked found = (Located.Unmarked) drives.primary(known);
      drive.makeReadOnly();

      assertThat(drives.adopt(found))
          .isInstanceOfSatisfying(
              Located.CannotMark.class,
              refused -> assertThat(refused.message()).contains("Read-only file system"));
    }
  }

  @Test
  void a_marked_drive_that_is_write_protected_later_is_still_the_drive(TestReporter reporter)
      throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, MEGABYTES)) {
      Drives drives = drives(Files.createDirectory(drive.folder().resolve("youtube")));
      adopt(drives);
      drive.makeReadOnly();

      assertThat(drives.primary(known)).isInstanceOf(Located.Connected.class);
    }
  }

  @Test
  void an_exFAT_drive_gets_its_id_file_too(TestReporter reporter) throws Exception {
    try (ExfatDrive drive = ExfatDrive.mountIn(work, reporter)) {
      Drives drives = drives(Files.createDirectory(drive.folder().resolve("youtube")));
      adopt(drives);

      assertThat(drive.folder().resolve(DriveIdFile.NAME)).isRegularFile();
      try (var there = Files.list(drive.folder())) {
        assertThat(there).hasSize(2);
      }
      assertThat(drives.primary(known)).isInstanceOf(Located.Connected.class);
    }
  }

  private Located.Connected adopt(Drives drives) {
    Located.Connected drive =
        (Located.Connected) drives.adopt((Located.Unmarked) drives.primary(known));
    known = known.withDrive(drive.drive().seen(NOW)).withPrimary(drive.drive().id());
    return drive;
  }

  private Drives drives(Path base) {
    return new Drives(
        repository,
        "v-voz",
        Optional.of(base),
        false,
        Volumes.ofThisSystem(),
        InstantSource.fixed(NOW));
  }
}
