package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeSpaceTest {
  @TempDir Path folder;

  @Test
  void a_place_that_does_not_exist_yet_is_on_the_disk_of_its_folder() throws IOException {
    Path place = folder.resolve("b63-flivideo/s3-staging");
    assertThat(FreeSpace.on(place, 1).enough()).isTrue();
    assertThat(place).doesNotExist();
  }

  @Test
  void the_reserve_is_at_least_100_mb() throws IOException {
    assertThat(FreeSpace.on(folder, 0).reserveBytes()).isGreaterThanOrEqualTo(100_000_000);
  }

  @Test
  void nothing_fits_that_would_touch_the_reserve() {
    assertThat(new FreeSpace(900, 1000, 100).enough()).isTrue();
    assertThat(new FreeSpace(901, 1000, 100).enough()).isFalse();
    assertThat(new FreeSpace(0, 99, 100).enough()).isFalse();
    assertThat(new FreeSpace(Long.MAX_VALUE, Long.MAX_VALUE, 100).enough()).isFalse();
  }

  @Test
  void the_message_says_what_is_missing() {
    assertThat(new FreeSpace(45_678_901_000L, 12_000_000_000L, 100_000_000).message())
        .contains("45.6 GB are needed")
        .contains("the disk has 12.0 GB free")
        .contains("100.0 MB always have to stay free")
        .contains("Make room of 33.7 GB");
  }

  @Test
  void less_free_than_has_to_stay_free_is_not_told_as_a_part_of_it() {
    assertThat(new FreeSpace(1_500_000, 9_600_000, 100_000_000).message("T7"))
        .startsWith(
            "not enough disk space: 1.5 MB are needed, T7 has 9.6 MB free, and 100.0 MB always have"
                + " to stay free there")
        .contains("Make room of 91.9 MB")
        .doesNotContain("of which");
  }
}
