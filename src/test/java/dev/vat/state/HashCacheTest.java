package dev.vat.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.project.ContentHash;
import dev.vat.project.FileStamp;
import dev.vat.project.Md5;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashCacheTest {
  private static final Instant MODIFIED = Instant.parse("2026-11-22T15:00:00.123456789Z");
  private static final ContentHash CONTENT =
      new ContentHash(9, new Md5("25f9e794323b453885f5181f1b624d0b"), 0xCBF43926);

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

  @Test
  void a_hash_is_trusted_for_the_very_same_stamp() throws IOException {
    state.hashes().remember(stamp, CONTENT, clock.instant());
    assertThat(state.hashes().trusted(stamp)).contains(CONTENT);
  }

  @Test
  void any_difference_in_the_stamp_means_reading_again() throws IOException {
    state.hashes().remember(stamp, CONTENT, clock.instant());
    Path path = stamp.path();
    List<FileStamp> others =
        List.of(
            new FileStamp(folder.resolve("other.mp4"), 9, MODIFIED, stamp.identity()),
            new FileStamp(path, 10, MODIFIED, stamp.identity()),
            new FileStamp(path, 9, MODIFIED.plusNanos(1), stamp.identity()),
            new FileStamp(path, 9, MODIFIED.minusSeconds(1), stamp.identity()),
            new FileStamp(path, 9, MODIFIED, "(dev=1,ino=3)"));
    for (FileStamp other : others) {
      assertThat(state.hashes().trusted(other)).as(other.toString()).isEmpty();
    }
  }

  @Test
  void a_file_changed_within_2_seconds_before_the_reading_began_is_not_trusted()
      throws IOException {
    state.hashes().remember(stamp, CONTENT, MODIFIED.plusMillis(1999));
    assertThat(state.hashes().trusted(stamp)).isEmpty();
    state.hashes().remember(stamp, CONTENT, MODIFIED.plusSeconds(2));
    assertThat(state.hashes().trusted(stamp)).contains(CONTENT);
  }

  @Test
  void a_file_from_the_future_is_not_trusted() throws IOException {
    state.hashes().remember(stamp, CONTENT, MODIFIED.minusSeconds(3600));
    assertThat(state.hashes().trusted(stamp)).isEmpty();
  }

  @Test
  void a_newer_reading_takes_the_place_of_the_older() throws IOException {
    state.hashes().remember(stamp, CONTENT, clock.instant());
    ContentHash other = new ContentHash(9, new Md5("0".repeat(32)), 1);
    state.hashes().remember(stamp, other, clock.instant());
    assertThat(state.hashes().trusted(stamp)).contains(other);
  }

  @Test
  void times_that_broken_clocks_give_are_kept_exactly() throws IOException {
    for (Instant odd : List.of(Instant.parse("1601-01-01T00:00:00.7Z"), Instant.EPOCH)) {
      FileStamp old = new FileStamp(stamp.path(), 9, odd, "");
      state.hashes().remember(old, CONTENT, clock.instant());
      assertThat(state.hashes().trusted(old)).contains(CONTENT);
    }
  }

  @Test
  void what_was_not_asked_about_for_90_days_is_forgotten_at_the_next_opening() throws IOException {
    FileStamp asked = new FileStamp(folder.resolve("asked.mp4"), 9, MODIFIED, "");
    state.hashes().remember(stamp, CONTENT, clock.instant());
    state.hashes().remember(asked, CONTENT, clock.instant());
    clock.advance(Duration.ofDays(60));
    assertThat(state.hashes().trusted(asked)).isPresent();
    clock.advance(Duration.ofDays(31));
    close();
    state = State.open(folder.resolve(".vat"), clock);
    assertThat(state.hashes().trusted(stamp)).isEmpty();
    assertThat(state.hashes().trusted(asked)).isPresent();
  }

  @Test
  void two_thousand_files_are_looked_up_quickly() throws IOException {
    List<FileStamp> many = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      FileStamp one = new FileStamp(folder.resolve("take-" + i + ".mov"), 9, MODIFIED, "" + i);
      many.add(one);
      state.hashes().remember(one, CONTENT, clock.instant());
    }
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      long begin = System.nanoTime();
      Map<Path, ContentHash> found = state.hashes().trusted(many);
      millis.add((System.nanoTime() - begin) / 1_000_000);
      assertThat(found).hasSize(2000);
    }
    assertThat(millis).as("milliseconds").anyMatch(one -> one < 100);
  }
}
