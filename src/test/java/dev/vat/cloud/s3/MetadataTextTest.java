package dev.vat.cloud.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetadataTextTest {
  @Test
  void plain_ascii_travels_as_it_is() {
    assertThat(MetadataText.encode("Jan, editor (2026); a=b?"))
        .isEqualTo("Jan, editor (2026); a=b?");
  }

  @Test
  void anything_else_is_an_encoded_word() {
    assertThat(MetadataText.encode("Jän")).isEqualTo("=?UTF-8?B?SsOkbg==?=");
  }

  @Test
  void long_text_is_several_words_of_at_most_75_characters_cut_between_characters() {
    String text = "🎬ü".repeat(60);
    String encoded = MetadataText.encode(text);

    assertThat(encoded.split(" ")).allMatch(word -> word.length() <= 75).hasSizeGreaterThan(3);
    assertThat(MetadataText.decode(encoded)).isEqualTo(text);
  }

  @Test
  void a_line_break_cannot_become_another_header() {
    String encoded = MetadataText.encode("a\r\nx-amz-acl: public-read");

    assertThat(encoded).matches("[ -~]+");
    assertThat(MetadataText.decode(encoded)).isEqualTo("a\r\nx-amz-acl: public-read");
  }

  @Test
  void a_name_that_is_no_header_is_refused() {
    assertThatThrownBy(() -> MetadataText.encode(Map.of("a: b\r\nc", "v")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MetadataText.encode(Map.of("Upper", "v")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_words_that_s3_itself_writes_are_read() {
    assertThat(MetadataText.decode("=?UTF-8?Q?J=C3=A4n_M=C3=BCller?=")).isEqualTo("Jän Müller");
    assertThat(MetadataText.decode("=?iso-8859-1?q?J=E4n?=")).isEqualTo("Jän");
    assertThat(MetadataText.decode("by =?UTF-8?B?SsOkbg==?= today")).isEqualTo("by Jän today");
  }

  @Test
  void what_is_not_well_encoded_is_shown_as_it_is() {
    for (String text : new String[] {"=?UTF-8?B?***?=", "=?no-such?B?eA==?=", "=?UTF-8?Q?=ZZ?="}) {
      assertThat(MetadataText.decode(text)).isEqualTo(text);
    }
  }
}
