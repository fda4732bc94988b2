package dev.vat.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.CuttingStore;
import dev.vat.state.JournalledDownload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What cut downloads leave behind.
class CutDownloadsTest extends TwoPeople {
  private static final String LONG = "0123456789abcdef".repeat(8) + "end";
  private static final String HEX = "0123456789abcdef0123456789abcdef";

  private void jansDownloadIsCut() throws IOException {
    david.saves("draft.mp4", LONG);
    david.up();
    jan.line.cutAt(6);
    assertThatThrownBy(jan::down).isInstanceOf(CuttingStore.Cut.class);
    jan.line.mend();
    assertThat(jan.temporaries()).hasSize(1);
  }

  private void nothingIsLeft() throws IOException {
    assertThat(jan.temporaries()).isEmpty();
    assertThat(jan.state().downloads().all(Teammate.place(bucket).placeId())).isEmpty();
  }

  @Test
  void of_an_object_that_is_gone_nothing_stays() throws Exception {
    jansDownloadIsCut();
    remove(PREFIX + "draft.mp4");
    jan.down();
    nothingIsLeft();
  }

  @Test
  void of_a_version_that_was_replaced_nothing_stays() throws Exception {
    jansDownloadIsCut();
    david.saves("draft.mp4", "another cut");
    david.up();
    jan.down();
    assertThat(jan.reads("draft.mp4")).isEqualTo("another cut");
    nothingIsLeft();
  }

  @Test
  void of_one_whose_local_folder_was_renamed_nothing_stays_for_ever() throws Exception {
    jansDownloadIsCut();
    Path left = jan.temporaries().getFirst();
    Path moved =
        Files.createDirectories(jan.staging.resolve("old")).resolve(left.getFileName().toString());
    Files.move(left, moved);
    jan.down();
    assertThat(jan.reads("draft.mp4")).isEqualTo(LONG);
    nothingIsLeft();
  }

  @Test
  void what_is_still_wanted_stays_while_other_files_come() throws Exception {
    jansDownloadIsCut();
    david.saves("other.mp4", "other");
    david.up();
    jan.keeps(Keep.BOTH, "other.mp4", false);
    assertThat(jan.reads("other.mp4")).isEqualTo("other");
    assertThat(jan.temporaries()).hasSize(1);
  }

  @Test
  void only_old_files_with_a_name_of_vats_that_no_note_names_are_removed() throws Exception {
    Path old = temporary(".vat-part-" + HEX, CutDownloads.SURELY_OVER.plusHours(1));
    Path young = temporary(".vat-part-" + HEX.replace('0', 'f'), Duration.ofDays(2));
    Path users = temporary(".vat-part-of-the-user", Duration.ofDays(400));
    Path noted = temporary(".vat-part-" + HEX.replace('1', 'e'), Duration.ofDays(400));
    Path outside = temporary("../.vat-part-" + HEX, Duration.ofDays(400));
    Path folder = Files.createDirectory(jan.at(".vat-part-" + HEX.replace('2', 'd')));
    jan.state()
        .downloads()
        .begin(new JournalledDownload("another place", "key", "etag", noted, 100, 10));

    jan.down();

    assertThat(old).doesNotExist();
    for (Path stays : new Path[] {young, users, noted, outside, folder}) {
      assertThat(stays).exists();
    }
  }

  @Test
  void a_note_that_names_a_file_elsewhere_removes_nothing() throws Exception {
    Path outside = temporary("../.vat-part-" + HEX, Duration.ofDays(1));
    Path users = temporary("film.mp4", Duration.ofDays(1));
    String place = Teammate.place(bucket).placeId();
    jan.state()
        .downloads()
        .begin(new JournalledDownload(place, PREFIX + "a.mp4", "etag", outside, 100, 10));
    jan.state()
        .downloads()
        .begin(new JournalledDownload(place, PREFIX + "b.mp4", "etag", users, 100, 10));

    jan.down();

    assertThat(outside).exists();
    assertThat(users).exists();
    assertThat(jan.state().downloads().all(place)).isEmpty();
  }

  private Path temporary(String name, Duration age) throws IOException {
    Path file = Files.writeString(jan.at(name), "half a film");
    Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(age)));
    return file;
  }
}
