package dev.vat.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.project.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartEtagsTest {
  private static final Instant MODIFIED = Instant.parse("2026-11-22T15:00:00.123456789Z");
  private static final Map<Long, String> ETAGS =
      Map.of(8_388_608L, "0".repeat(32) + "-2", 5_242_880L, "1".repeat(32) + "-3");

  @TempDir Path folder;
  private final TestClock clock = new TestClock();
  private State state;
  private FileStamp stamp;

  @BeforeEach
  void open() throws IOException {
    state = State.open(folder.resolve(".vat"), clock);
    stamp = new FileStamp(folder.resolve("draft – ü.mp4"), 9, MODIFIED, "(dev=1,ino=2)");
  }

  @AfterEach
  void close() throws IOException {
    state.close();
  }

  private Map<Long, String> known(FileStamp of) throws IOException {
    return state.partEtags().trusted(List.of(of)).getOrDefault(of.path(), Map.of());
  }

  @Test
  void etags_are_trusted_for_the_very_same_stamp_and_add_up() throws IOException {
    for (Map.Entry<Long, String> etag : ETAGS.entrySet()) {
      state.partEtags().remember(stamp, Map.of(etag.getKey(), etag.getValue()), clock.instant());
    }

    assertThat(known(stamp)).isEqualTo(ETAGS);
  }

  @Test
  void any_difference_in_the_stamp_means_computing_again() throws IOException {
    state.partEtags().remember(stamp, ETAGS, clock.instant());
    Path path = stamp.path();
    for (FileStamp other :
        List.of(
            new FileStamp(folder.resolve("other.mp4"), 9, MODIFIED, stamp.identity()),
            new FileStamp(path, 10, MODIFIED, stamp.identity()),
            new FileStamp(path, 9, MODIFIED.plusNanos(1), stamp.identity()),
            new FileStamp(path, 9, MODIFIED, "(dev=1,ino=3)"))) {
      assertThat(known(other)).as(other.toString()).isEmpty();
    }
  }

  @Test
  void what_is_known_of_a_newer_file_takes_the_place_of_all_that_was_known_of_the_older()
      throws IOException {
    state.partEtags().remember(stamp, ETAGS, clock.instant());
    FileStamp newer = new FileStamp(stamp.path(), 9, MODIFIED.plusSeconds(60), stamp.identity());
    Map<Long, String> other = Map.of(16L, "2".repeat(32) + "-1");

    state.partEtags().remember(newer, other, clock.instant().plusSeconds(3600));

    assertThat(known(newer)).isEqualTo(other);
    assertThat(known(stamp)).isEmpty();
  }

  @Test
  void a_file_changed_within_2_seconds_before_the_reading_began_is_not_trusted()
      throws IOException {
    state.partEtags().remember(stamp, ETAGS, MODIFIED.plusMillis(1999));
    assertThat(known(stamp)).isEmpty();
    state.partEtags().remember(stamp, ETAGS, MODIFIED.plusSeconds(2));
    assertThat(known(stamp)).isEqualTo(ETAGS);
  }

  @Test
  void what_was_not_asked_about_for_90_days_is_forgotten_at_the_next_opening() throws IOException {
    FileStamp asked = new FileStamp(folder.resolve("asked.mp4"), 9, MODIFIED, "");
    state.partEtags().remember(stamp, ETAGS, clock.instant());
    state.partEtags().remember(asked, ETAGS, clock.instant());
    clock.advance(Duration.ofDays(60));
    assertThat(known(asked)).isNotEmpty();
    clock.advance(Duration.ofDays(31));
    close();
    state = State.open(folder.resolve(".vat"), clock);

    assertThat(known(stamp)).isEmpty();
    assertThat(known(asked)).isEqualTo(ETAGS);
  }
}
