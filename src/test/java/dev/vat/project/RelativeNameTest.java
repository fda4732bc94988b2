package dev.vat.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelativeNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "a//b",
        "a/",
        "..",
        "../x",
        "a/../b",
        "a/..",
        ".",
        "./a",
        "a/./b",
        "C:/x",
        "c:x",
        "a\\b",
        "a\u0000b",
        "a\nb",
        "\u007f",
        "\ud800"
      })
  void a_name_that_leads_elsewhere_or_is_no_name_is_refused(String hostile) {
    assertThatThrownBy(() -> RelativeName.of(hostile)).isInstanceOf(HostileNameException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a/b c.mp4", "..a", "a..", "...", "ab:c", "1:2", "caf\u00e9/x", "-rf", "~"})
  void an_ordinary_name_is_taken_as_it_is(String name) {
    assertThat(RelativeName.of(name).value()).isEqualTo(name);
  }

  @Test
  void an_accent_arrives_in_one_form_whatever_it_came_in() {
    assertThat(RelativeName.of("cafe\u0301")).isEqualTo(RelativeName.of("caf\u00e9"));
    assertThatIllegalArgumentException().isThrownBy(() -> new RelativeName("cafe\u0301"));
  }

  @Test
  void a_refused_name_is_shown_without_its_control_characters() {
    assertThatThrownBy(() -> RelativeName.of("a\u001b[31m/../b"))
        .hasMessageContaining("\\u001b")
        .hasMessageNotContaining("\u001b");
  }

  @Test
  void a_name_longer_than_a_key_may_be_is_refused() {
    assertThat(RelativeName.of("a".repeat(1024)).value()).hasSize(1024);
    assertThatThrownBy(() -> RelativeName.of("a".repeat(1025)))
        .isInstanceOf(HostileNameException.class);
  }

  @Test
  void the_file_name_is_the_last_part() {
    assertThat(RelativeName.of("audio/take 2.wav").fileName()).isEqualTo("take 2.wav");
    assertThat(RelativeName.of("take.wav").fileName()).isEqualTo("take.wav");
  }
}
