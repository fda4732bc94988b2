package dev.vat.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EnvFileProperties {
  private static final Path PATH = Path.of("/brand/.video-tools.env");

  @Property
  void any_text_is_read_without_a_crash(@ForAll String text) {
    assertThat(EnvFile.parse(PATH, text)).isNotNull();
  }

  @Property(tries = 5000)
  void lines_that_are_nearly_right_never_crash_it_and_never_give_a_line_break(
      @ForAll("nearly") String text) {
    EnvFile file = EnvFile.parse(PATH, text);
    assertThat(file.entries().values())
        .allSatisfy(entry -> assertThat(entry.value()).doesNotContain("\n", "\r", "\u0000"));
    int lines = text.split("\\r\\n|\\n|\\r", -1).length;
    assertThat(file.warnings())
        .allSatisfy(warning -> assertThat(warning.line()).isBetween(1, lines));
  }

  @Property(tries = 2000)
  void what_the_writer_wrote_the_parser_reads(@ForAll("values") Map<Setting, String> values) {
    EnvFile file = EnvFile.parse(PATH, EnvFileWriter.render(values));

    assertThat(file.warnings()).isEmpty();
    assertThat(
            file.entries().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().value())))
        .isEqualTo(values);
  }

  @Provide
  Arbitrary<String> nearly() {
    return Arbitraries.of(
            "SSD_BASE",
            "export ",
            "=",
            "'",
            "\"",
            "\\",
            "#",
            " ",
            "\t",
            "\n",
            "\r",
            "\r\n",
            "a",
            "$",
            "`",
            "\u0000",
            "\uFEFF",
            "\u2028",
            "\ud83d",
            "AWS_PROFILE=")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<Map<Setting, String>> values() {
    Arbitrary<String> anyText =
        Arbitraries.strings().all().excludeChars('\uFFFD').ofMinLength(1).ofMaxLength(60);
    Arbitrary<String> awkward =
        Arbitraries.strings().withChars("'\"\\$`# =~a\u00e9").ofMinLength(1).ofMaxLength(12);
    Arbitrary<String> oneLine =
        Arbitraries.oneOf(anyText, awkward)
            .filter(text -> !text.isBlank() && text.chars().noneMatch(c -> c < ' ' || c == 0x7F));
    return Arbitraries.maps(Arbitraries.of(Setting.class), oneLine).ofMaxSize(8);
  }
}
