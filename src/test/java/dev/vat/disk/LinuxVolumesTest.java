package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What a Linux system tells of its mounts, from tables as real systems have them.
@EnabledOnOs(OS.LINUX)
final class LinuxVolumesTest {
  @TempDir Path temp;
  private Path drive;
  private Path byUuid;

  @BeforeEach
  void prepare() throws IOException {
    temp = temp.toRealPath();
    drive = Files.createDirectories(temp.resolve("media/my T7"));
    byUuid = Files.createDirectory(temp.resolve("by-uuid"));
  }

  @Test
  void the_deepest_mount_above_a_folder_is_its_volume_and_the_later_of_two() throws IOException {
    Volumes volumes =
        mounts(
            "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw",
            "90 27 8:1 / " + escaped(drive) + " rw - ext4 /dev/sda1 rw",
            "91 27 8:2 / " + escaped(drive) + " rw shared:7 master:1 - exfat /dev/sdb1 rw");

    Path inside = Files.createDirectories(drive.resolve("youtube/b00-b49"));
    assertThat(volumes.of(inside)).isEqualTo(new Volume(drive, "/dev/sdb1", "exfat"));
    assertThat(volumes.of(temp).root()).isEqualTo(Path.of("/"));
  }

  @Test
  void what_systems_mount_for_themselves_and_network_places_are_no_drives() throws IOException {
    Volumes volumes =
        mounts(
            "22 27 0:21 / /proc rw - proc proc rw",
            "25 24 0:23 / /dev/shm rw - tmpfs tmpfs rw",
            "30 27 7:1 / /snap/core/1 ro - squashfs /dev/loop1 ro",
            "31 27 0:40 / /mnt/nas rw - nfs4 nas:/films rw",
            "32 27 0:41 / /mnt/share rw - cifs //nas/films rw",
            "33 27 0:42 / /mnt/d rw - 9p D:\\134 rw",
            "34 27 8:2 / " + escaped(drive) + " rw - fuseblk /dev/sdb1 rw",
            "no line of such a table");

    assertThat(volumes.mounted())
        .extracting(Volume::root)
        .containsExactly(Path.of("/mnt/d"), drive);
  }

  @Test
  void a_volumes_uuid_is_what_the_system_links_to_its_device() throws IOException {
    Path device = Files.createFile(temp.resolve("sdb1"));
    Files.createSymbolicLink(byUuid.resolve("6534-A1B2"), device);
    Volumes volumes = mounts();

    // Only devices have one.
    assertThat(volumes.uuid(new Volume(drive, device.toString(), "exfat"))).isEmpty();
    assertThat(volumes.uuid(new Volume(drive, "/dev/nobody", "exfat"))).isEmpty();
    Files.createSymbolicLink(byUuid.resolve("AAAA-0001"), Path.of("/dev/null"));
    assertThat(volumes.uuid(new Volume(drive, "/dev/null", "exfat"))).contains("linux:AAAA-0001");
    Files.delete(byUuid.resolve("AAAA-0001"));
  }

  @Test
  void a_folder_bound_to_a_second_place_is_on_its_own_disk_still() throws IOException {
    assertThat(Volumes.ofThisSystem().same(temp, drive)).isTrue();
    assertThat(Volumes.ofThisSystem().same(temp, Path.of("/proc"))).isFalse();
  }

  private Volumes mounts(String... lines) throws IOException {
    Path table = temp.resolve("mountinfo");
    Files.writeString(table, String.join("\n", lines) + "\n");
    return new LinuxVolumes(table, byUuid);
  }

  private static String escaped(Path path) {
    return path.toString().replace(" ", "\\040");
  }
}
