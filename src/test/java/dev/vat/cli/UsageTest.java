package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsageTest {
  @TempDir Path folder;

  private CommandRun run(String... words) {
    return CommandRun.in(folder).run(words);
  }

  @Test
  void an_unknown_command_names_the_nearest_one() {
    CommandRun run = run("confg");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("✗ there is no command confg\n  → did you mean vat config?\n");
  }

  @Test
  void nothing_near_points_to_the_help() {
    assertThat(run("zzzzzz").err()).endsWith("  → vat --help lists the commands\n");
  }

  @Test
  void an_unknown_option_names_the_nearest_one() {
    assertThat(run("config", "--jsno").err())
        .isEqualTo("✗ vat config has no option --jsno\n  → did you mean --json?\n");
  }

  @Test
  void an_option_that_a_command_does_not_honour_is_refused() {
    assertThat(run("config", "--dry-run").exit()).isEqualTo(2);
    assertThat(run("init", "--limit-rate", "2M").exit()).isEqualTo(2);
  }

  @Test
  void an_option_before_the_command_is_told_its_place() {
    assertThat(run("--color", "never").err())
        .isEqualTo(
            "✗ unknown option --color before the command\n"
                + "  → options come after it: vat COMMAND --color\n");
  }

  @Test
  void an_error_with_json_is_one_document_on_standard_output() {
    CommandRun run = run("config", "--json", "--foo=bar");

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            """
            {
              "schema" : "vat.error/1",
              "code" : "usage",
              "message" : "vat config has no option --foo",
              "hint" : "vat config --help shows how it is used"
            }
            """);
  }

  @Test
  void an_unknown_command_with_json_is_a_document_too() {
    assertThat(run("confg", "--json").out()).contains("\"code\" : \"unknown_command\"");
  }

  @Test
  void too_many_words_are_refused_and_cannot_write_to_the_terminal() {
    CommandRun run = run("config", "a\u001b[2Jb");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("✗ vat config: what is a\\u001b[2Jb for?\n");
  }

  @Test
  void a_word_that_begins_with_an_at_sign_is_a_word() {
    assertThat(run("config", "@draft.mp4").err()).contains("what is @draft.mp4 for?");
  }

  @Test
  void a_wrong_value_is_told_with_its_option() {
    CommandRun run = run("config", "--color", "blue");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--color", "blue", "auto, always, never");
  }

  @Test
  void where_signs_do_not_come_out_right_plain_ones_are_used() {
    assertThat(CommandRun.in(folder).withoutUnicode().run("confg").err())
        .isEqualTo("x there is no command confg\n  -> did you mean vat config?\n");
  }
}
