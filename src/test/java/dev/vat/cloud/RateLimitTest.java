package dev.vat.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final Instant BEGIN = Instant.parse("2026-05-04T10:00:00Z");
  private static final ObjectAttributes PLAIN = new ObjectAttributes("video/mp4", Map.of());

  /// A clock that whoever waits moves on.
  private static final class WaitingRoom implements InstantSource, RateLimit.Pause {
    private final List<Duration> waits = new ArrayList<>();
    private Instant now = BEGIN;

    @Override
    public synchronized Instant instant() {
      return now;
    }

    @Override
    public synchronized void until(Duration length) {
      waits.add(length);
      now = now.plus(length);
    }

    private synchronized Duration passed() {
      return Duration.between(BEGIN, now);
    }
  }

  private final WaitingRoom room = new WaitingRoom();

  @Test
  void a_thousand_bytes_at_a_hundred_a_second_take_ten_seconds() {
    RateLimit limit = new RateLimit(100, room, room);

    for (int i = 0; i < 10; i++) {
      limit.spend(100);
    }

    assertThat(room.passed()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void an_idle_line_saves_up_nothing_for_a_burst() {
    RateLimit limit = new RateLimit(100, room, room);
    limit.spend(100);
    room.now = room.now.plus(Duration.ofHours(1));

    limit.spend(100);
    limit.spend(100);

    assertThat(room.passed()).isEqualTo(Duration.ofHours(1).plusSeconds(3));
  }

  @Test
  void several_transfers_share_the_line() {
    List<Duration> waits = new ArrayList<>();
    RateLimit limit = new RateLimit(100, InstantSource.fixed(BEGIN), waits::add);

    limit.spend(50);
    limit.spend(50);
    limit.spend(100);

    assertThat(waits)
        .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void a_rate_of_nothing_is_refused() {
    assertThatThrownBy(() -> new RateLimit(0, room, room))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoever_interrupts_a_waiting_transfer_is_not_forgotten() {
    RateLimit limit =
        new RateLimit(
            1,
            room,
            length -> {
              throw new InterruptedException();
            });

    limit.spend(1);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void contents_go_up_and_come_down_no_faster_than_the_limit_and_unchanged() throws Exception {
    MemoryObjectStore memory = new MemoryObjectStore(room);
    RateLimitedStore store = new RateLimitedStore(memory, new RateLimit(10_000, room, room));
    byte[] content = "0123456789".repeat(5_000).getBytes(UTF_8);

    store.put("whole", Body.of(content), PLAIN, Guard.absent());
    assertThat(room.passed()).isEqualTo(Duration.ofSeconds(5));

    String id = store.createUpload("parts", PLAIN);
    UploadedPart part = store.uploadPart("parts", id, 1, Body.of(content));
    store.completeUpload(
        "parts", id, List.of(part), content.length, Body.of(content).crc32(), Guard.absent());
    assertThat(room.passed()).isEqualTo(Duration.ofSeconds(10));

    assertThat(all(store, "whole", content.length)).isEqualTo(content);
    assertThat(room.passed()).isEqualTo(Duration.ofSeconds(15));
    assertThat(room.waits).as("it moves steadily").allMatch(w -> w.toSeconds() < 2);
  }

  @Test
  void questions_and_listings_are_not_held_up() throws Exception {
    RateLimitedStore store =
        new RateLimitedStore(new MemoryObjectStore(room), new RateLimit(1, room, room));
    store.list("", _ -> {});
    store.head("nothing");
    store.serverTime("");

    assertThat(room.passed()).isEqualTo(Duration.ZERO);
  }

  private static byte[] all(ObjectStore store, String key, long length) throws IOException {
    ETag version = store.head(key).orElseThrow().summary().etag();
    try (InputStream in = store.read(key, version, 0, length)) {
      return in.readAllBytes();
    }
  }
}
