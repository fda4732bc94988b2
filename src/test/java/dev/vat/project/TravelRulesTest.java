package dev.vat.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.project.TravelProblem.Rule;
import dev.vat.project.TravelProblem.Weight;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TravelRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CON",
        "con.txt",
        "a/Nul/b",
        "AUX.tar.gz",
        "com1",
        "LPT9.mov",
        "COM\u00b9",
        "prn .txt",
        "conin$"
      })
  void names_of_windows_devices_are_reported(String name) {
    assertThat(rules(name)).containsExactly(Rule.RESERVED_NAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"console", "com", "COM10", "COM0", "lpt", "nul-take.mp4", "a.con"})
  void names_that_only_resemble_devices_travel(String name) {
    assertThat(rules(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a<b", "a>b", "take 10:30.mp4", "\"quoted\"", "a|b", "why?.mp4", "x/*/y"})
  void characters_that_windows_has_not_are_reported(String name) {
    assertThat(rules(name)).containsExactly(Rule.ILLEGAL_CHARACTER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.", "a ", "folder./x", "folder /x", "..."})
  void dots_and_blanks_at_an_end_are_reported(String name) {
    assertThat(rules(name)).containsExactly(Rule.TRAILING_DOT_OR_SPACE);
  }

  @Test
  void names_that_differ_in_capital_letters_are_reported_together() {
    List<TravelProblem> problems = check("Draft.mp4", "draft.mp4", "other.mp4");

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().rule()).isEqualTo(Rule.CASE_COLLISION);
    assertThat(problems.getFirst().names()).hasSize(2);
    assertThat(problems.getFirst().message()).contains("Draft.mp4", "draft.mp4");
  }

  @Test
  void folders_that_differ_in_capital_letters_are_reported_once() {
    assertThat(rules("Audio/a.wav", "audio/a.wav", "audio/b.wav"))
        .containsExactly(Rule.CASE_COLLISION);
    assertThat(rules("Audio", "audio/b.wav")).containsExactly(Rule.CASE_COLLISION);
    assertThat(rules("x/a", "y/A")).isEmpty();
  }

  @Test
  void a_part_too_long_for_ext4_and_apfs_is_reported_by_its_bytes() {
    assertThat(rules("\u0e01".repeat(85))).isEmpty();
    assertThat(rules("\u0e01".repeat(86))).containsExactly(Rule.PART_TOO_LONG);
    assertThat(TravelRules.illegalHere(RelativeName.of("\u0e01".repeat(86)), true)).isEmpty();
    assertThat(TravelRules.illegalHere(RelativeName.of("\u0e01".repeat(86)), false)).isPresent();
  }

  @Test
  void a_part_too_long_for_everybody_is_illegal_everywhere() {
    RelativeName name = RelativeName.of("a".repeat(256));
    assertThat(TravelRules.illegalHere(name, true)).isPresent();
    assertThat(TravelRules.illegalHere(name, false)).isPresent();
  }

  @Test
  void a_long_path_is_a_warning_only() {
    List<TravelProblem> problems = check("folder/".repeat(29) + "x");
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().weight()).isEqualTo(Weight.WARNING);
  }

  @Test
  void what_windows_refuses_may_live_elsewhere() {
    RelativeName name = RelativeName.of("take 10:30.mp4");
    assertThat(TravelRules.illegalHere(name, true)).isPresent();
    assertThat(TravelRules.illegalHere(name, false)).isEmpty();
  }

  private static List<Rule> rules(String... names) {
    return check(names).stream().map(TravelProblem::rule).toList();
  }

  private static List<TravelProblem> check(String... names) {
    return TravelRules.check(Arrays.stream(names).map(RelativeName::of).toList());
  }

  @Test
  void names_collide_with_those_of_another_place_and_its_own_problems_are_not_told() {
    List<TravelProblem> problems =
        TravelRules.check(
            List.of(RelativeName.of("Audio/b.wav"), RelativeName.of("draft.txt")),
            List.of(
                RelativeName.of("Audio/a.wav"),
                RelativeName.of("audio/c.wav"),
                RelativeName.of("draft.txt"),
                RelativeName.of("con"),
                RelativeName.of("Old.txt"),
                RelativeName.of("old.txt")));

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.names())
                    .containsExactly(
                        RelativeName.of("Audio/b.wav"), RelativeName.of("audio/c.wav")));
  }

  @Test
  void a_file_with_the_name_of_a_folder_cannot_be_here() {
    Set<String> folders =
        TravelRules.foldersOf(List.of(RelativeName.of("a/b/c.mov"), RelativeName.of("d.mov")));

    assertThat(folders).containsExactlyInAnyOrder("a", "a/b");
    assertThat(TravelRules.asFolder(RelativeName.of("a/b"), folders))
        .hasValueSatisfying(problem -> assertThat(problem.rule()).isEqualTo(Rule.FILE_AND_FOLDER));
    assertThat(TravelRules.asFolder(RelativeName.of("d.mov"), folders)).isEmpty();
  }
}
