package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.progress.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private static final String UP = "\u001b[1A\r\u001b[J";

  private final HandClock clock = new HandClock();
  private final PaperTerminal paper = new PaperTerminal(true, true, "");

  private LiveProgress bars() {
    return new TerminalProgress(paper, clock);
  }

  private LiveProgress lines() {
    return new PlainProgress(paper.err(), clock);
  }

  @Test
  void a_big_file_has_a_bar_with_rate_and_time_left() {
    Progress.Task task = bars().begin("draft.mp4", 40_000_000);
    clock.pass(Duration.ofSeconds(2));
    task.advance(8_000_000);

    assertThat(paper.writtenToErr())
        .isEqualTo("draft.mp4  ████░░░░░░░░░░░░░░░░  20%  8.0 of 40.0 MB  4.0 MB/s  8s left\n");
  }

  @Test
  void a_bar_is_redrawn_in_its_place_and_ten_times_a_second_at_most() {
    Progress.Task task = bars().begin("draft.mp4", 40_000_000);
    clock.pass(Duration.ofSeconds(2));
    task.advance(8_000_000);
    clock.passMillis(99);
    task.advance(1);
    clock.passMillis(1901);
    task.advance(7_999_999);

    assertThat(paper.writtenToErr())
        .isEqualTo(
            "draft.mp4  ████░░░░░░░░░░░░░░░░  20%  8.0 of 40.0 MB  4.0 MB/s  8s left\n"
                + UP
                + "draft.mp4  ████████░░░░░░░░░░░░  40%  16.0 of 40.0 MB  4.0 MB/s  6s left\n");
  }

  @Test
  void small_and_short_work_shows_no_bar() {
    Progress.Task task = bars().begin("small.txt", 1000);
    clock.passMillis(900);
    task.advance(1000);
    task.close();

    assertThat(paper.writtenToErr()).isEmpty();
  }

  @Test
  void small_work_that_takes_long_gets_a_bar() {
    Progress.Task task = bars().begin("slow.txt", 1000);
    clock.passMillis(1100);
    task.advance(100);

    assertThat(paper.writtenToErr()).startsWith("slow.txt  ██░");
  }

  @Test
  void finished_lines_scroll_above_the_bars() {
    LiveProgress progress = bars();
    Progress.Task task = progress.begin("draft.mp4", 40_000_000);
    clock.pass(Duration.ofSeconds(1));
    task.advance(4_000_000);
    progress.above(() -> paper.err().print("✓ other.mp4\n"));

    String bar = "draft.mp4  ██░░░░░░░░░░░░░░░░░░  10%  4.0 of 40.0 MB  4.0 MB/s  9s left\n";
    assertThat(paper.writtenToErr()).isEqualTo(bar + UP + "✓ other.mp4\n" + bar);
  }

  @Test
  void nothing_is_left_of_the_bars_at_the_end() {
    LiveProgress progress = bars();
    Progress.Task task = progress.begin("draft.mp4", 40_000_000);
    clock.pass(Duration.ofSeconds(1));
    task.advance(4_000_000);
    progress.end();
    clock.pass(Duration.ofSeconds(1));
    task.advance(4_000_000);
    task.close();

    assertThat(paper.writtenToErr()).endsWith(" left\n" + UP);
  }

  @Test
  void a_stalled_line_is_seen_by_its_sinking_rate() {
    TerminalProgress progress = new TerminalProgress(paper, clock);
    Progress.Task task = progress.begin("draft.mp4", 40_000_000);
    clock.pass(Duration.ofSeconds(2));
    task.advance(8_000_000);
    clock.pass(Duration.ofSeconds(60));
    progress.tick();

    assertThat(paper.writtenToErr().lines().toList().getLast()).contains(" 2.2 KB/s");
  }

  @Test
  void more_bars_than_a_small_screen_holds_are_counted() {
    LiveProgress progress = bars();
    Progress.Task last = null;
    for (int i = 1; i <= 11; i++) {
      last = progress.begin("file" + i, 9_000_000);
    }
    last.advance(1);

    assertThat(paper.writtenToErr().lines().toList()).hasSize(9).endsWith("and 3 more");
  }

  @Test
  void a_bar_never_wraps() {
    String name = "日本".repeat(60) + ".mp4";
    Progress.Task task = bars().begin(name, 40_000_000);
    clock.pass(Duration.ofSeconds(2));
    task.advance(8_000_000);

    assertThat(Columns.of(paper.writtenToErr().strip())).isLessThanOrEqualTo(79);
  }

  @Test
  void work_that_must_be_done_again_goes_back() {
    Progress.Task task = bars().begin("draft.mp4", 40_000_000);
    clock.pass(Duration.ofSeconds(2));
    task.advance(8_000_000);
    clock.pass(Duration.ofSeconds(2));
    task.advance(-8_000_000);

    assertThat(paper.writtenToErr().lines().toList().getLast()).contains("  0%  0.0 of 40.0 MB");
  }

  @Test
  void off_a_terminal_there_is_a_line_every_five_seconds_at_most() {
    Progress.Task task = lines().begin("draft.mp4", 45_678_901);
    for (int second = 1; second <= 8; second++) {
      clock.pass(Duration.ofSeconds(1));
      task.advance(2_283_945);
    }

    assertThat(paper.writtenToErr())
        .isEqualTo(
            """
            draft.mp4: 4% (2.2 of 45.6 MB, 2.2 MB/s, 20s left)
            draft.mp4: 29% (13.7 of 45.6 MB, 2.2 MB/s, 15s left)
            """);
  }

  @Test
  void what_was_there_already_and_the_time_to_compare_it_are_no_part_of_the_rate() {
    TerminalProgress progress = new TerminalProgress(paper, clock);
    Progress.Task task = progress.begin("film.mov", 1_000_000_000);
    for (int second = 1; second <= 90; second++) {
      clock.pass(Duration.ofSeconds(1));
      progress.tick();
      task.skip(10_000_000);
    }
    assertThat(paper.writtenToErr().lines().toList().getLast())
        .contains("89%")
        .doesNotContain("/s");
    for (int second = 1; second <= 2; second++) {
      clock.pass(Duration.ofSeconds(1));
      task.advance(2_000_000);
    }

    assertThat(paper.writtenToErr().lines().toList().getLast()).contains("2.0 MB/s", "48s left");
  }

  @Test
  void comparing_between_two_files_that_move_does_not_slow_the_rate_down() {
    Progress.Task task = lines().begin("film.mov", 1_000_000_000);
    clock.pass(Duration.ofSeconds(2));
    task.advance(20_000_000);
    clock.pass(Duration.ofSeconds(60));
    task.skip(880_000_000);
    clock.pass(Duration.ofSeconds(2));
    task.advance(20_000_000);

    assertThat(paper.writtenToErr().lines().toList().getLast())
        .contains("92%", "10.0 MB/s", "8s left");
  }

  @Test
  void off_a_terminal_short_work_says_nothing() {
    Progress.Task task = lines().begin("draft.mp4", 45_678_901);
    clock.passMillis(999);
    task.advance(45_678_901);
    task.close();

    assertThat(paper.writtenToErr()).isEmpty();
  }

  @Test
  void work_of_unknown_size_tells_what_is_done() {
    Progress.Task task = lines().begin("listing", -1);
    clock.pass(Duration.ofSeconds(2));
    task.advance(3_000_000);

    assertThat(paper.writtenToErr()).isEqualTo("listing: 3.0 MB, 1.5 MB/s\n");
  }

  @Test
  void a_name_from_outside_cannot_write_to_the_terminal() {
    Progress.Task task = lines().begin("a\u001b[2J", 10);
    clock.pass(Duration.ofSeconds(2));
    task.advance(5);

    assertThat(paper.writtenToErr()).startsWith("a\\u001b[2J: 50%");
  }

  @Test
  void a_clock_that_is_set_back_stops_nothing() {
    Progress.Task task = bars().begin("draft.mp4", 40_000_000);
    clock.pass(Duration.ofSeconds(2));
    task.advance(8_000_000);
    clock.pass(Duration.ofHours(-1));
    task.advance(1);
    clock.pass(Duration.ofSeconds(1));
    task.advance(7_999_999);

    assertThat(paper.writtenToErr().lines().toList().getLast()).contains(" 40%  16.0 of 40.0 MB");
  }
}
