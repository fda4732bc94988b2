package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class PrintableTest {
  @Test
  void names_in_every_script_stay_as_they_are() {
    for (String name :
        new String[] {"draft.mp4", "ช่อง.mp4", "été 日本.mov", "👩‍💻.mp4", "می‌خواهم"}) {
      assertThat(Printable.of(name)).isSameAs(name);
    }
  }

  @Test
  void what_a_terminal_could_obey_is_shown_as_its_code() {
    assertThat(Printable.of("a\u001b[31mb\u0007")).isEqualTo("a\\u001b[31mb\\u0007");
    assertThat(Printable.of("a\u009b2J\r\nb")).isEqualTo("a\\u009b2J\\u000d\\u000ab");
  }

  @Test
  void what_turns_the_reading_direction_is_shown_as_its_code() {
    assertThat(Printable.of("gpj.\u202e4pm")).isEqualTo("gpj.\\u202e4pm");
    assertThat(Printable.of("a\u2067b\u2069")).isEqualTo("a\\u2067b\\u2069");
  }

  @Test
  void half_a_character_is_shown_as_its_code() {
    assertThat(Printable.of("a\ud83db")).isEqualTo("a\\ud83db");
  }

  @Property(tries = 300)
  void nothing_printed_controls_the_terminal(@ForAll String text) {
    assertThat(Printable.of(text).codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(point -> point >= 0x202a && point <= 0x202e)
        .noneMatch(point -> point >= 0x2066 && point <= 0x2069);
  }

  @Test
  void wide_characters_count_twice_and_combining_ones_not() {
    assertThat(Columns.of("draft")).isEqualTo(5);
    assertThat(Columns.of("日本")).isEqualTo(4);
    assertThat(Columns.of("e\u0301")).isEqualTo(1);
    assertThat(Columns.of("🔼")).isEqualTo(2);
  }

  @Test
  void a_long_name_keeps_both_ends() {
    assertThat(Columns.fit("b63-interview-part-two.mp4", 14, true)).isEqualTo("b63-int…wo.mp4");
    assertThat(Columns.fit("b63-interview-part-two.mp4", 14, false)).isEqualTo("b63-int~wo.mp4");
    assertThat(Columns.fit("short", 14, true)).isEqualTo("short");
    assertThat(Columns.of(Columns.fit("日本日本日本日本", 7, true))).isLessThanOrEqualTo(7);
    assertThat(Columns.fit("abc", 1, true)).isEqualTo("…");
    assertThat(Columns.fit("abc", 0, true)).isEmpty();
  }
}
