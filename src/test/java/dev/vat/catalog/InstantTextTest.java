package dev.vat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The quick reader of moments against the JDK's.
final class InstantTextTest {
  @Test
  void reads_what_an_instant_prints() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      long seconds = random.nextLong(-62_000_000_000L, 250_000_000_000L);
      int nanos = new int[] {0, 1_000_000, 1_000, 1}[i % 4] * random.nextInt(1_000);
      Instant at = Instant.ofEpochSecond(seconds, nanos);

      assertThat(InstantText.parse(at.toString())).as("%s", at).contains(at);
    }
  }

  @Test
  void takes_and_refuses_what_the_JDK_takes_and_refuses() {
    SplittableRandom random = new SplittableRandom(6);
    String signs = "0123456789-:.TZtz+ ";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("2026-02-28T16:55:24.961701003Z");
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, signs.charAt(random.nextInt(signs.length())));
          default -> text.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
        }
      }
      same(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-02-29T00:00:00Z",
        "2024-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T24:00:01Z",
        "2016-12-31T23:59:60Z",
        "2026-01-01T23:60:00Z",
        "2026-01-01T00:00Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00,5Z",
        "2026-01-01T00:00:00.1234567891Z",
        "2026-01-01T00:00:00+01:00",
        "+12026-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "yesterday"
      })
  void same(String text) {
    assertThat(InstantText.parse(text)).as(text).isEqualTo(byJdk(text));
  }

  private static Optional<Instant> byJdk(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
  }
}
