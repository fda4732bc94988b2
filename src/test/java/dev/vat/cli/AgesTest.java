package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AgesTest {
  private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");

  @Test
  void a_time_ahead_is_told_itself_to_the_second_unless_clocks_may_differ_so_much() {
    assertThat(Ages.ago(Instant.parse("2027-05-29T04:11:37.747819097Z"), NOW))
        .isEqualTo("2027-05-29T04:11:37Z");
    assertThat(Ages.ago(NOW.plusSeconds(200), NOW)).isEqualTo("just now");
  }
}
