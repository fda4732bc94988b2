package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// How macOS mounts drives, with a real file system below a folder that stands for `/Volumes`. What
/// `diskutil` tells is not tried here.
final class MacVolumesTest {
  @TempDir Path work;

  @Test
  void a_drive_is_a_volume_and_an_empty_mount_folder_is_none(TestReporter reporter)
      throws Exception {
    Files.createDirectory(work.resolve("left behind"));
    try (ImageDrive drive = ImageDrive.ext4In(work, reporter, 16)) {
      Volumes volumes = new MacVolumes(work).quick();
      Path inside = Files.createDirectories(drive.folder().resolve("youtube/b00-b49"));

      assertThat(volumes.of(inside).root()).isEqualTo(drive.folder().toRealPath());
      assertThat(volumes.mounted()).extracting(Volume::root).containsExactly(drive.folder());
      assertThat(volumes.same(inside, drive.folder())).isTrue();
      assertThat(volumes.same(inside, work)).isFalse();
      assertThat(volumes.same(work.resolve("left behind"), work)).isTrue();
      assertThat(volumes.uuid(volumes.of(inside))).isEmpty();
    }
  }
}
