package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.project.Sizes;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// How sizes, times and counts read.
final class FormatsTest {
  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

  @Test
  void sizes_are_cut_and_not_rounded() {
    assertThat(Sizes.of(45_678_901)).isEqualTo("45.6 MB");
    assertThat(Sizes.of(12_399)).isEqualTo("12.3 KB");
    assertThat(Sizes.of(1_999_999_999)).isEqualTo("1.9 GB");
  }

  @Test
  void sizes_take_the_biggest_unit_that_they_fill() {
    assertThat(Sizes.of(0)).isEqualTo("0 B");
    assertThat(Sizes.of(999)).isEqualTo("999 B");
    assertThat(Sizes.of(1000)).isEqualTo("1.0 KB");
    assertThat(Sizes.of(999_999)).isEqualTo("999.9 KB");
    assertThat(Sizes.of(1_000_000)).isEqualTo("1.0 MB");
    assertThat(Sizes.of(1_500_000_000)).isEqualTo("1.5 GB");
    assertThat(Sizes.of(2_000_000_000_000L)).isEqualTo("2.0 TB");
    assertThat(Sizes.of(1_234_500_000_000_000L)).isEqualTo("1234.5 TB");
    assertThat(Sizes.of(Long.MAX_VALUE)).isEqualTo("9223372.0 TB");
  }

  @Test
  void a_negative_size_is_refused() {
    assertThatThrownBy(() -> Sizes.of(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_part_is_told_in_the_unit_of_the_whole() {
    assertThat(Sizes.of(18_271_560, 45_678_901)).isEqualTo("18.2 of 45.6 MB");
    assertThat(Sizes.of(5, 45_678_901)).isEqualTo("0.0 of 45.6 MB");
    assertThat(Sizes.of(3, 12)).isEqualTo("3 of 12 B");
  }

  @Test
  void durations_have_two_units_at_most() {
    assertThat(Durations.of(Duration.ofMillis(900))).isEqualTo("under 1s");
    assertThat(Durations.of(Duration.ofSeconds(23))).isEqualTo("23s");
    assertThat(Durations.of(Duration.ofSeconds(130))).isEqualTo("2m 10s");
    assertThat(Durations.of(Duration.ofMinutes(2))).isEqualTo("2m");
    assertThat(Durations.of(Duration.ofMinutes(65))).isEqualTo("1h 5m");
    assertThat(Durations.of(Duration.ofHours(76))).isEqualTo("3d 4h");
  }

  @Test
  void ages_read_as_people_say_them() {
    assertThat(Ages.ago(NOW.minusSeconds(59), NOW)).isEqualTo("just now");
    assertThat(Ages.ago(NOW.minusSeconds(60), NOW)).isEqualTo("1 minute ago");
    assertThat(Ages.ago(NOW.minusSeconds(7_300), NOW)).isEqualTo("2 hours ago");
    assertThat(Ages.ago(NOW.minus(Duration.ofDays(3)), NOW)).isEqualTo("3 days ago");
    assertThat(Ages.ago(NOW.minus(Duration.ofDays(150)), NOW)).isEqualTo("5 months ago");
    assertThat(Ages.ago(NOW.minus(Duration.ofDays(800)), NOW)).isEqualTo("2 years ago");
  }

  @Test
  void a_clock_that_is_a_little_ahead_is_forgiven_and_more_is_shown() {
    assertThat(Ages.ago(NOW.plusSeconds(120), NOW)).isEqualTo("just now");
    assertThat(Ages.ago(NOW.plusSeconds(3600), NOW)).isEqualTo("2026-05-04T11:00:00Z");
  }

  @Test
  void counts_agree_with_their_nouns() {
    assertThat(Counts.of(1, "file")).isEqualTo("1 file");
    assertThat(Counts.of(0, "file")).isEqualTo("0 files");
    assertThat(Counts.of(2, "copy", "copies")).isEqualTo("2 copies");
  }
}
