package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsoleTest {
  @TempDir Path folder;

  private final OutputOptions options = new OutputOptions();

  private record Body(String projectId, long sizeBytes, Instant lastSync, List<String> names) {}

  private Console console(PaperTerminal paper, String... environment) {
    CommandRun.Person person = CommandRun.in(folder);
    for (int i = 0; i < environment.length; i += 2) {
      person.with(environment[i], environment[i + 1]);
    }
    return new Console(person.surroundings(paper), options);
  }

  @Test
  void with_json_one_document_is_all_that_goes_to_standard_output() {
    options.json = true;
    PaperTerminal paper = new PaperTerminal(false, true, "");
    try (Console console = console(paper)) {
      console.line("for people");
      console.document(
          "vat.status/1",
          new Body("b63", 12, Instant.parse("2026-05-04T10:00:00Z"), List.of("ü.mp4")));
      assertThatThrownBy(() -> console.document("vat.status/1", new Body("b", 1, null, List.of())))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(paper.written())
        .isEqualTo(
            """
            {
              "schema" : "vat.status/1",
              "project_id" : "b63",
              "size_bytes" : 12,
              "last_sync" : "2026-05-04T10:00:00Z",
              "names" : [ "ü.mp4" ]
            }
            """);
  }

  @Test
  void colours_are_for_terminals_that_want_them() {
    String coloured = "\u001b[32m✓\u001b[0m";
    PaperTerminal terminal = new PaperTerminal(true, true, "");
    PaperTerminal pipe = new PaperTerminal(false, true, "");

    assertThat(console(terminal).style().sign(Symbol.DONE)).isEqualTo(coloured);
    assertThat(console(pipe).style().sign(Symbol.DONE)).isEqualTo("✓");
    assertThat(console(terminal, "NO_COLOR", "1").style().sign(Symbol.DONE)).isEqualTo("✓");
    assertThat(console(terminal, "NO_COLOR", "").style().sign(Symbol.DONE)).isEqualTo(coloured);
    assertThat(console(terminal, "TERM", "dumb").style().sign(Symbol.DONE)).isEqualTo("✓");
    options.color = ColorChoice.always;
    assertThat(console(pipe).style().sign(Symbol.DONE)).isEqualTo(coloured);
    options.color = ColorChoice.never;
    assertThat(console(terminal).style().sign(Symbol.DONE)).isEqualTo("✓");
  }

  @Test
  void after_an_interruption_nothing_is_drawn_any_more() {
    PaperTerminal paper = new PaperTerminal(true, true, "");
    Console console = console(paper);
    var task = console.progress().begin("draft.mp4", 40_000_000);
    console.stopped("Stopped.");
    task.advance(10_000_000);

    assertThat(paper.writtenToErr()).endsWith("Stopped.\n");
  }

  @Test
  void a_question_takes_no_for_no_answer() throws IOException {
    assertThat(questions(false, "y").confirm("Delete?")).isTrue();
    assertThat(questions(false, "YES").confirm("Delete?")).isTrue();
    assertThat(questions(false, "").confirm("Delete?")).isFalse();
    assertThat(questions(false, "perhaps", "y").confirm("Delete?")).isTrue();
    assertThat(questions(false).confirm("Delete?")).isFalse();
  }

  @Test
  void off_a_terminal_a_question_is_refused_and_yes_is_named() throws IOException {
    try (Console console = console(new PaperTerminal(false, true, "y\n"))) {
      assertThatThrownBy(() -> console.questions(false).confirm("Delete 3 files?"))
          .isInstanceOfSatisfying(
              CommandFailure.class,
              failure -> {
                assertThat(failure.exit()).isEqualTo(ExitCode.USAGE);
                assertThat(failure.hint()).contains("--yes");
              });
      assertThat(console.questions(true).confirm("Delete 3 files?")).isTrue();
    }
  }

  @Test
  void a_choice_is_made_by_word_or_first_letter_and_never_by_yes() throws IOException {
    List<Questions.Answer<Integer>> answers =
        List.of(new Questions.Answer<>("mine", 1), new Questions.Answer<>("theirs", 2));

    assertThat(questions(false, "t").choose("Keep which?", answers)).contains(2);
    assertThat(questions(false, "x", "mine").choose("Keep which?", answers)).contains(1);
    assertThat(questions(false).choose("Keep which?", answers)).isEmpty();
    try (Console console = console(new PaperTerminal(false, true, "m\n"))) {
      assertThat(console.questions(true).choose("Keep which?", answers)).isEmpty();
    }
  }

  private Questions questions(boolean yes, String... typed) {
    String input = typed.length == 0 ? "" : String.join("\n", typed) + "\n";
    return console(new PaperTerminal(true, true, input)).questions(yes);
  }
}
