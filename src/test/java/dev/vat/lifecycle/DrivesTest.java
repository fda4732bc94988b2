package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.DriveId;
import dev.vat.catalog.DriveIdFile;
import dev.vat.catalog.DriveLabel;
import dev.vat.catalog.KnownDrive;
import dev.vat.disk.Volume;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which drive is which, when paths, letters and names lie.
final class DrivesTest {
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

  @TempDir Path temp;
  private Path own;
  private Path repository;
  private Path t7;
  private Path base;
  private PretendVolumes computer;
  private Catalog known = Catalog.empty();

  @BeforeEach
  void prepare() throws IOException {
    own = temp.toRealPath();
    repository = Files.createDirectories(own.resolve("home/v-appydave"));
    t7 = own.resolve("mounts/T7");
    base = Files.createDirectories(t7.resolve("youtube"));
    computer = new PretendVolumes(own).plug(t7, "AAAA-1111");
  }

  @Test
  void a_new_drive_may_be_looked_at_and_gets_its_id_only_when_adopted() throws IOException {
    Located.Unmarked found = (Located.Unmarked) drives().primary(known);

    assertThat(found.label().name()).isEqualTo("T7");
    assertThat(idFiles()).isEmpty();

    Located.Connected adopted = (Located.Connected) drives().adopt(found);

    assertThat(idFiles()).containsExactly(t7.resolve(DriveIdFile.NAME));
    assertThat(adopted.drive().id()).isEqualTo(found.label().id());
    assertThat(adopted.drive().base()).isEqualTo("youtube");
    assertThat(adopted.drive().volume()).contains("pretended:AAAA-1111");
    assertThat(adopted.onRepositoryVolume()).isFalse();
    assertThat(drives().primary(known))
        .isInstanceOfSatisfying(
            Located.Connected.class,
            again -> assertThat(again.drive().id()).isEqualTo(adopted.drive().id()));
  }

  @Test
  void a_drive_under_another_path_is_the_same_drive() throws IOException {
    KnownDrive drive = adoptPrimary();
    Path elsewhere = own.resolve("mounts/T7 1");
    computer.unplug(t7);
    Files.move(t7, elsewhere);
    computer.plug(elsewhere, "AAAA-1111");

    assertThat(drives().primary(known))
        .isInstanceOfSatisfying(
            Located.Connected.class,
            found -> {
              assertThat(found.drive().id()).isEqualTo(drive.id());
              assertThat(found.base()).isEqualTo(elsewhere.resolve("youtube"));
            });
  }

  @Test
  void an_unplugged_drive_is_told_with_the_day_when_it_was_last_seen() throws IOException {
    adoptPrimary();
    computer.unplug(t7);
    Files.move(t7, own.resolve("drawer"));

    assertThat(drives().primary(known))
        .isInstanceOfSatisfying(
            Located.NotConnected.class,
            gone -> assertThat(gone.message()).contains("T7 is not connected", "2026-02-01"));
  }

  @Test
  void a_mount_folder_left_on_the_computers_own_disk_is_not_the_drive() throws IOException {
    adoptPrimary();
    computer.unplug(t7);
    Files.move(t7, own.resolve("drawer"));
    Files.createDirectories(base);

    assertThat(drives().primary(known)).isInstanceOf(Located.OnOwnDisk.class);
    assertThat(drives().primary(Catalog.empty())).isInstanceOf(Located.OnOwnDisk.class);
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void where_systems_mount_drives_a_folder_of_the_systems_disk_is_stale() {
    Volume system = new Volume(Path.of("/"), "/dev/sda2", "ext4");
    for (String left : List.of("/media/david/T7", "/run/media/david/T7", "/Volumes/T7")) {
      Path folder = Path.of(left, "youtube");
      assertThat(Drives.isStaleMount(folder, system)).isTrue();
      Volume drive = new Volume(Path.of(left), "/dev/sdb1", "exfat");
      assertThat(Drives.isStaleMount(folder, drive)).isFalse();
    }
    assertThat(Drives.isStaleMount(Path.of("/srv/ssd"), system)).isFalse();
  }

  @Test
  void another_drive_at_the_same_path_is_named() throws IOException {
    adoptPrimary();
    computer.unplug(t7);
    Files.move(t7, own.resolve("drawer"));
    Files.createDirectories(base);
    computer.plug(t7, "BBBB-2222");
    Located.Unmarked other = (Located.Unmarked) drives().atSsdBase(known);
    assertThat(other.label().name()).isEqualTo("T7 2");
    drives().adopt(other);

    assertThat(drives().primary(known))
        .isInstanceOfSatisfying(
            Located.AnotherDrive.class,
            wrong -> assertThat(wrong.message()).contains("is the drive T7 2, not T7"));
  }

  @Test
  void a_drive_without_the_expected_id_file_is_not_trusted() throws IOException {
    KnownDrive drive = adoptPrimary();
    Files.delete(t7.resolve(DriveIdFile.NAME));

    Located.NoIdFile same = (Located.NoIdFile) drives().primary(known);
    assertThat(same.sameVolume()).isTrue();
    assertThat(same.remedy()).contains("vat drives add");

    computer.plug(t7, "CCCC-3333");
    Located.NoIdFile formatted = (Located.NoIdFile) drives().primary(known);
    assertThat(formatted.sameVolume()).isFalse();
    assertThat(formatted.message()).contains("another drive, or an empty folder");

    computer.plug(t7, "AAAA-1111");
    Located.Unmarked lost = (Located.Unmarked) drives().at(base, known);
    assertThat(drives().knownByVolume(lost, known)).contains(drive);
    assertThat(drives().adopt(lost, drives().labelAgain(drive)))
        .isInstanceOf(Located.Connected.class);
    assertThat(drives().primary(known)).isInstanceOf(Located.Connected.class);
  }

  @Test
  void two_connected_drives_with_one_id_are_told_and_neither_is_used() throws IOException {
    adoptPrimary();
    Path clone = own.resolve("mounts/clone");
    copyTree(t7, clone);
    computer.plug(clone, "DDDD-4444");

    assertThat(drives().primary(known))
        .isInstanceOfSatisfying(
            Located.Cloned.class,
            both -> {
              assertThat(both.places()).containsExactly(base, clone.resolve("youtube"));
              assertThat(both.needsDecision()).isTrue();
            });
  }

  @Test
  void a_cloned_drive_that_is_plugged_in_alone_is_found_out_by_its_volume() throws IOException {
    KnownDrive original = adoptPrimary();
    computer.unplug(t7);
    computer.plug(t7, "DDDD-4444");

    assertThat(drives().primary(known)).isInstanceOf(Located.Cloned.class);

    Located.Connected shown = drives().showing(base).orElseThrow();
    DriveLabel own = drives().freshLabel("T7 clone");
    Located.Connected relabelled = (Located.Connected) drives().relabel(shown, own);
    assertThat(relabelled.drive().id()).isNotEqualTo(original.id());
    assertThat(drives().primary(known)).isInstanceOf(Located.AnotherDrive.class);
  }

  @Test
  void one_drive_that_is_mounted_twice_is_no_clone_of_itself() throws IOException {
    adoptPrimary();
    Path link = Files.createSymbolicLink(own.resolve("T7-link"), t7);

    Drives throughLink =
        new Drives(
            repository,
            "v-voz",
            Optional.of(link.resolve("youtube")),
            false,
            computer,
            InstantSource.fixed(NOW));
    assertThat(throughLink.primary(known)).isInstanceOf(Located.Connected.class);
  }

  @Test
  void a_drive_whose_folder_was_renamed_is_there_and_its_folder_is_not() throws IOException {
    adoptPrimary();
    Files.move(base, t7.resolve("videos"));

    assertThat(drives().primary(known))
        .isInstanceOfSatisfying(
            Located.NoFolder.class,
            there -> assertThat(there.message()).contains("T7 is connected", "no folder"));
  }

  @Test
  void what_is_no_id_file_is_never_overwritten() throws IOException {
    Path file = Files.writeString(t7.resolve(DriveIdFile.NAME), "{\"schema\": \"mine\"}");

    assertThat(drives().primary(known)).isInstanceOf(Located.BadIdFile.class);

    Files.delete(file);
    Located.Unmarked found = (Located.Unmarked) drives().primary(known);
    Files.writeString(file, "written meanwhile");
    assertThat(drives().adopt(found)).isInstanceOf(Located.BadIdFile.class);
    assertThat(file).hasContent("written meanwhile");
  }

  @Test
  void an_id_file_that_is_a_link_or_endless_is_none() throws IOException {
    Path elsewhere = Files.writeString(own.resolve("elsewhere.json"), "{}");
    Path file = Files.createSymbolicLink(t7.resolve(DriveIdFile.NAME), elsewhere);
    assertThat(drives().primary(known)).isInstanceOf(Located.BadIdFile.class);

    Files.delete(file);
    Files.write(file, new byte[100_000]);
    assertThat(drives().primary(known)).isInstanceOf(Located.BadIdFile.class);
  }

  @Test
  void the_repositorys_own_disk_is_used_only_when_allowed_and_that_is_told() throws IOException {
    Path pretended = Files.createDirectories(own.resolve("home/pretend ssd"));
    assertThat(drives(pretended, false).primary(known)).isInstanceOf(Located.OnOwnDisk.class);

    Located.Unmarked found = (Located.Unmarked) drives(pretended, true).primary(known);
    Located.Connected adopted = (Located.Connected) drives(pretended, true).adopt(found);

    assertThat(adopted.onRepositoryVolume()).isTrue();
    // The top of the computer's disk is not ours to write.
    assertThat(idFiles()).containsExactly(pretended.resolve(DriveIdFile.NAME));
    known = known.withDrive(adopted.drive()).withPrimary(adopted.drive().id());
    assertThat(drives(pretended, true).primary(known)).isInstanceOf(Located.Connected.class);
    assertThat(drives(pretended, false).primary(known)).isInstanceOf(Located.OnOwnDisk.class);
  }

  @Test
  void a_name_is_looked_up_among_the_known_drives() throws IOException {
    KnownDrive drive = adoptPrimary();

    assertThat(drives().named("t7", known)).isInstanceOf(Located.Connected.class);
    assertThat(drives().named("T8", known))
        .isInstanceOfSatisfying(
            Located.NoSuchDrive.class, no -> assertThat(no.remedy()).contains("T7"));
    KnownDrive other =
        new KnownDrive(
            DriveId.fresh(),
            "T7",
            Optional.empty(),
            "",
            "/nowhere",
            Optional.empty(),
            drive.freeBytes(),
            drive.totalBytes());
    assertThat(drives().named("T7", known.withDrive(other))).isInstanceOf(Located.SameName.class);
    assertThat(drives().named(other.id().value(), known.withDrive(other)))
        .isInstanceOf(Located.NotConnected.class);
  }

  @Test
  void a_manifest_that_leads_out_of_the_drive_is_not_followed() throws IOException {
    KnownDrive drive = adoptPrimary();
    KnownDrive hostile =
        new KnownDrive(
            drive.id(),
            drive.name(),
            drive.volume(),
            "../../home",
            own.resolve("not here").toString(),
            drive.lastSeenAt(),
            drive.freeBytes(),
            drive.totalBytes());

    assertThat(drives().located(hostile, Catalog.empty().withDrive(hostile)))
        .isInstanceOfSatisfying(
            Located.Connected.class, found -> assertThat(found.base()).isEqualTo(t7));
  }

  private KnownDrive adoptPrimary() {
    Located.Connected drive =
        (Located.Connected) drives().adopt((Located.Unmarked) drives().primary(known));
    known = known.withDrive(drive.drive().seen(NOW)).withPrimary(drive.drive().id());
    return known.drives().get(drive.drive().id());
  }

  private Drives drives() {
    return drives(base, false);
  }

  private Drives drives(Path ssdBase, boolean sameDiskOk) {
    return new Drives(
        repository, "v-voz", Optional.of(ssdBase), sameDiskOk, computer, InstantSource.fixed(NOW));
  }

  private Stream<Path> idFiles() throws IOException {
    try (Stream<Path> all = Files.walk(own)) {
      return all.filter(path -> path.endsWith(DriveIdFile.NAME)).toList().stream();
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes facts)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(at).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
