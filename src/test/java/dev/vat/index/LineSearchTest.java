package dev.vat.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LineSearchTest {
  private static final String SUBTITLES =
      """
      1
      00:00:01,000 --> 00:00:04,000
      Hello from Bali

      2
      00:01:05,500 --> 00:01:08,000 align:start
      I take the butcher

      3
      00:01:08,000 --> 00:01:10,000
      knife, and cut the Café cake
      """;

  @Test
  void of_subtitles_only_what_is_said_counts_and_when() {
    assertThat(TextLine.of(SUBTITLES))
        .extracting(line -> line.number() + " " + line.time().orElse("") + " " + line.text())
        .containsExactly(
            "3 00:00:01 Hello from Bali",
            "7 00:01:05 I take the butcher",
            "11 00:01:08 knife, and cut the Café cake");
  }

  @Test
  void case_and_accents_do_not_matter_and_a_beginning_is_enough() {
    assertThat(found("CAFE", SUBTITLES)).containsExactly("knife, and cut the [Café] cake");
    assertThat(found("bal", SUBTITLES)).containsExactly("Hello from [Bali]");
    assertThat(found("ali", SUBTITLES)).isEmpty();
  }

  @Test
  void words_that_two_lines_share_show_both() {
    assertThat(found("\"butcher knife\"", SUBTITLES))
        .containsExactly("I take the [butcher knife], and cut the Café cake");
    assertThat(found("knife butcher", SUBTITLES))
        .containsExactly("I take the [butcher] [knife], and cut the Café cake");
  }

  @Test
  void words_far_apart_show_the_line_with_most_of_them() {
    assertThat(found("hello cut cake", SUBTITLES))
        .containsExactly("knife, and [cut] the Café [cake]");
  }

  @Test
  void scripts_without_spaces_are_found_in_any_part() {
    assertThat(found("กาแฟ", "วันนี้ฉันกินกาแฟที่บ้าน"))
        .containsExactly("วันนี้ฉันกิน[กาแฟ]ที่บ้าน");
    assertThat(found("咖啡", "我每天喝咖啡。")).containsExactly("我每天喝[咖啡]。");
  }

  @Test
  void transcripts_in_json_are_read_as_they_were_said() {
    String whisper =
        """
        {"text": " Wir essen K\\u00e4se. Und dann Brot.",
         "segments": [
          {"id": 0, "start": 12.5, "end": 14.0, "text": " Wir essen K\\u00e4se."},
          {"id": 1, "start": 3675.0, "end": 3676.0, "text": " Und dann Brot."}]}
        """;
    List<LineSearch.Match> matches = new LineSearch(query("brot")).in(whisper, 3);
    assertThat(matches).hasSize(2);
    assertThat(matches.getFirst().line().time()).contains("01:01:15");
    assertThat(matches.getFirst().line().text()).isEqualTo("Und dann Brot.");
    assertThat(found("kase", "{\"kase\": 1, broken")).containsExactly("{\"[kase]\": 1, broken");
  }

  @Test
  void a_long_line_is_shown_in_part_and_no_character_is_halved() {
    String line = "😀".repeat(200) + " knife " + "😀".repeat(200);
    Snippet snippet = Snippet.of(new LineSearch(query("knife")).in(line, 1).getFirst());
    assertThat(snippet.text()).hasSizeLessThan(170).startsWith("…").endsWith("…");
    assertThat(
            snippet.text().codePoints().noneMatch(p -> Character.getType(p) == Character.SURROGATE))
        .isTrue();
    Snippet.Mark mark = snippet.marks().getFirst();
    assertThat(snippet.text().substring(mark.from(), mark.to())).isEqualTo("knife");
  }

  private static Query query(String typed) {
    return Query.of(typed).orElseThrow();
  }

  /// The lines found, with what was looked for in brackets.
  private static List<String> found(String typed, String text) {
    return new LineSearch(query(typed)).in(text, 3).stream().map(LineSearchTest::shown).toList();
  }

  private static String shown(LineSearch.Match match) {
    Snippet snippet = Snippet.of(match);
    StringBuilder shown = new StringBuilder(snippet.text());
    for (Snippet.Mark mark : snippet.marks().reversed()) {
      shown.insert(mark.to(), "]").insert(mark.from(), "[");
    }
    return shown.toString();
  }
}
