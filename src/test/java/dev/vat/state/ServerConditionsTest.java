package dev.vat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConditionsTest {
  private static final String SERVER = "https://s3.example.com";

  @TempDir Path repository;
  private final TestClock clock = new TestClock();

  private State open() throws IOException {
    return State.open(repository.resolve(".vat"), clock);
  }

  @Test
  void what_a_server_lacks_is_remembered_for_its_bucket_and_replaced_by_what_is_found_later()
      throws IOException {
    try (State state = open()) {
      assertThat(state.serverConditions().missing(SERVER, "films")).isEmpty();
      state.serverConditions().remember(SERVER, "films", Set.of("put-if-absent", "copy-if-absent"));
    }
    try (State state = open()) {
      ServerConditions conditions = state.serverConditions();
      assertThat(conditions.missing(SERVER, "films"))
          .contains(Set.of("copy-if-absent", "put-if-absent"));
      assertThat(conditions.missing(SERVER, "other")).isEmpty();
      assertThat(conditions.missing("https://other.example.com", "films")).isEmpty();
      conditions.remember(SERVER, "films", Set.of());
      assertThat(conditions.missing(SERVER, "films")).contains(Set.of());
    }
  }

  @Test
  void it_holds_for_thirty_days_and_not_for_what_a_wrong_clock_wrote() throws IOException {
    try (State state = open()) {
      ServerConditions conditions = state.serverConditions();
      conditions.remember(SERVER, "films", Set.of());
      clock.advance(Duration.ofDays(30));
      assertThat(conditions.missing(SERVER, "films")).isPresent();
      clock.advance(Duration.ofSeconds(1));
      assertThat(conditions.missing(SERVER, "films")).isEmpty();
      clock.advance(Duration.ofDays(-31));
      assertThat(conditions.missing(SERVER, "films")).isEmpty();
    }
  }

  @Test
  void only_words_are_remembered() throws IOException {
    try (State state = open()) {
      assertThatThrownBy(() -> state.serverConditions().remember(SERVER, "films", Set.of("a b")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
