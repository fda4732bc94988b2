package dev.vat.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Asks the person at the terminal, on standard error so that results can go into a file. Nobody is
/// asked off a terminal or with `--json`.
final class Questions {
  private final Terminal terminal;
  private final Style style;
  private final LiveProgress progress;
  private final boolean yes;
  private final boolean json;

  /// @param yes the answer to every yes-or-no question was given beforehand
  Questions(Terminal terminal, Style style, LiveProgress progress, boolean yes, boolean json) {
    this.terminal = terminal;
    this.style = style;
    this.progress = progress;
    this.yes = yes;
    this.json = json;
  }

  /// One of several answers.
  ///
  /// @param word what is typed, or its first letter
  record Answer<T>(String word, T meaning) {}

  /// Whether somebody is there to be asked.
  boolean canAsk() {
    return !json && terminal.inIsTerminal() && terminal.errIsTerminal();
  }

  /// Yes or no; no is the default.
  ///
  /// @throws CommandFailure (usage) when nobody can be asked and `--yes` was not given
  boolean confirm(String question) throws IOException {
    if (yes) {
      return true;
    }
    if (!canAsk()) {
      throw CommandFailure.usage(
          "this needs an answer, and there is no terminal to ask on: " + question,
          "look with --dry-run first, then run it again with --yes");
    }
    while (true) {
      String answer = ask(question + " [y/N] ").orElse("").toLowerCase(Locale.ROOT);
      switch (answer) {
        case "y", "yes" -> {
          return true;
        }
        case "", "n", "no" -> {
          return false;
        }
        default -> say("Please answer y or n.");
      }
    }
  }

  /// One of the answers, by its word or first letter. `--yes` does not choose.
  ///
  /// @return empty when nobody can be asked, or the input ended
  <T> Optional<T> choose(String question, List<Answer<T>> answers) throws IOException {
    if (!canAsk()) {
      return Optional.empty();
    }
    String words = answers.stream().map(Answer::word).collect(Collectors.joining("/"));
    while (true) {
      Optional<String> typed = ask(question + " [" + words + "] ");
      if (typed.isEmpty()) {
        return Optional.empty();
      }
      String answer = typed.get().toLowerCase(Locale.ROOT);
      Optional<T> chosen =
          answers.stream()
              .filter(a -> a.word().equals(answer) || a.word().substring(0, 1).equals(answer))
              .map(Answer::meaning)
              .findFirst();
      if (chosen.isPresent()) {
        return chosen;
      }
      say("Please answer with one of " + words + ", or its first letter.");
    }
  }

  /// A line of text; the suggestion when nothing was typed.
  ///
  /// @param suggestion may be empty
  /// @return empty when the input ended
  Optional<String> text(String question, String suggestion) throws IOException {
    String shown = suggestion.isEmpty() ? "" : " " + style.faint("[" + suggestion + "]");
    return ask(question + shown + ": ").map(typed -> typed.isEmpty() ? suggestion : typed);
  }

  /// A line that is not shown while it is typed.
  ///
  /// @return empty when the input ended
  Optional<String> secret(String question) throws IOException {
    return Optional.ofNullable(terminal.readSecret(question + ": ")).map(String::strip);
  }

  private Optional<String> ask(String prompt) throws IOException {
    progress.above(
        () -> {
          terminal.err().print(prompt);
          terminal.err().flush();
        });
    BufferedReader in = terminal.in();
    return Optional.ofNullable(in.readLine()).map(String::strip);
  }

  private void say(String text) {
    terminal.err().print(text + "\n");
    terminal.err().flush();
  }
}
