package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.project.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StillFilesTest {
  private static final Instant START = Instant.parse("2026-11-22T15:30:00Z");
  private static final FileStamp DRAFT =
      new FileStamp(Path.of("/videos/draft.mp4").toAbsolutePath(), 5, START, "1");

  private final StillFiles files = new StillFiles(Duration.ofSeconds(10));

  private void look(int second, FileStamp... there) {
    files.look(List.of(there), START.plusSeconds(second), _ -> Map.of());
  }

  @Test
  void it_stays_ready_until_it_is_done_and_then_is_not_told_again() {
    look(0, DRAFT);
    look(5, DRAFT);
    assertThat(files.ready()).isEmpty();
    look(10, DRAFT);
    look(15, DRAFT);
    assertThat(files.ready()).containsExactly(DRAFT);

    files.done(DRAFT);
    look(20, DRAFT);

    assertThat(files.ready()).isEmpty();
    assertThat(files.isMoving()).isFalse();
  }

  @Test
  void what_changed_while_it_was_dealt_with_waits_again() {
    look(0, DRAFT);
    look(10, DRAFT);
    FileStamp longer = new FileStamp(DRAFT.path(), 6, START.plusSeconds(11), "1");
    look(12, longer);

    files.done(DRAFT);

    assertThat(files.ready()).isEmpty();
    look(22, longer);
    assertThat(files.ready()).containsExactly(longer);
  }

  @Test
  void after_a_sleep_whatever_was_moving_begins_to_wait_anew() {
    look(0, DRAFT);
    look(8, DRAFT);
    look(8000, DRAFT);
    assertThat(files.ready()).isEmpty();

    look(8005, DRAFT);
    look(8010, DRAFT);
    assertThat(files.ready()).containsExactly(DRAFT);
  }

  @Test
  void a_clock_that_is_set_back_makes_nothing_wait_longer_than_anew() {
    look(100, DRAFT);
    look(0, DRAFT);
    look(10, DRAFT);
    assertThat(files.ready()).containsExactly(DRAFT);
  }

  @Test
  void who_is_unfinished_is_told_with_the_reason_until_that_ends() {
    look(0, DRAFT);
    files.look(List.of(DRAFT), START.plusSeconds(10), _ -> Map.of(DRAFT.path(), "it is open"));
    assertThat(files.unfinished()).containsExactly(Map.entry(DRAFT.path(), "it is open"));
    assertThat(files.isMoving()).isTrue();

    look(15, DRAFT);
    assertThat(files.ready()).isEmpty();
    look(20, DRAFT);
    assertThat(files.ready()).containsExactly(DRAFT);
    assertThat(files.unfinished()).isEmpty();
  }

  @Test
  void no_time_to_wait_is_refused() {
    assertThatThrownBy(() -> new StillFiles(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_recording_without_its_index_is_unfinished_for_ten_minutes(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("take.mp4");
    Files.write(file, new byte[] {0, 0, 0, 8, 'f', 't', 'y', 'p', 0, 0, 9, 9, 'm', 'd', 'a', 't'});
    Instant written = Files.getLastModifiedTime(file).toInstant();
    FileStamp stamp = new FileStamp(file.toAbsolutePath(), 16, written, "");
    Path gone = folder.resolve("gone.mp4").toAbsolutePath();

    assertThat(
            at(written.plusSeconds(60)).among(List.of(stamp, new FileStamp(gone, 1, written, ""))))
        .containsOnlyKeys(file.toAbsolutePath(), gone)
        .hasEntrySatisfying(
            file.toAbsolutePath(), why -> assertThat(why).contains("still being recorded"));
    assertThat(at(written.plusSeconds(601)).among(List.of(stamp))).isEmpty();
  }

  private static UnfinishedFiles at(Instant now) {
    return new UnfinishedFiles(files -> OpenForWriting.look(files, _ -> Map.of()), () -> now);
  }

  @Test
  void a_file_that_is_open_elsewhere_is_unfinished(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "text").toAbsolutePath();
    FileStamp stamp = new FileStamp(file, 4, START, "");
    UnfinishedFiles editor =
        new UnfinishedFiles(
            files -> OpenForWriting.look(files, _ -> Map.of(file, "an editor")), () -> START);

    assertThat(editor.among(List.of(stamp)).get(file)).contains("open for writing in an editor");
    assertThat(Optional.ofNullable(at(START).among(List.of(stamp)).get(file))).isEmpty();
  }
}
