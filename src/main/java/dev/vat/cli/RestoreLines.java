package dev.vat.cli;

import dev.vat.project.RelativeName;
import java.nio.file.Path;
import java.util.List;

/// What `vat restore` says in the same words whichever copy it takes.
final class RestoreLines {
  static final int MOST_SHOWN = 8;

  private final Console console;

  RestoreLines(Console console) {
    this.console = console;
  }

  /// What is here already.
  ///
  /// @param moved light files that move back
  /// @param twice light files that the project's folder has as well
  void here(int moved, int same, List<Path> twice) {
    if (moved > 0) {
      line(
          Symbol.NEXT,
          Counts.of(moved, "light file") + " from archived/, proven equal, moved back");
    }
    if (same > 0) {
      line(Symbol.SAME, Counts.of(same, "file") + " here already, proven equal");
    }
    if (!twice.isEmpty()) {
      line(
          Symbol.SAME,
          Counts.of(twice.size(), "light file")
              + " in archived/ and in the project's folder, equal; nothing is done with the first: "
              + twice.getFirst()
              + (twice.size() == 1 ? "" : ", …"));
    }
  }

  /// Light files that were changed before the project got its name.
  ///
  /// @return the same as one sentence
  String changed(List<RelativeName> names) {
    String message =
        names.getFirst()
            + (names.size() == 1 ? "" : " and " + (names.size() - 1) + " more")
            + " in archived/ changed meanwhile, so nothing became visible: run it again";
    line(Symbol.WARNING, message);
    return message;
  }

  /// Light files that were changed after it.
  void stays(List<RelativeName> names) {
    some(
        Symbol.WARNING,
        names.stream()
            .map(name -> name + " was changed meanwhile and stays in archived/")
            .toList());
  }

  /// Hidden folders with what nobody but people can judge.
  void left(List<Path> folders) {
    some(
        Symbol.WARNING,
        folders.stream()
            .map(
                folder ->
                    folder
                        + " holds files of an earlier run that the project does not have; look at"
                        + " them, then remove it")
            .toList());
  }

  /// Some of these, and how many more there are.
  void some(Symbol symbol, List<String> texts) {
    texts.stream().limit(MOST_SHOWN).forEach(text -> line(symbol, text));
    if (texts.size() > MOST_SHOWN) {
      line(symbol, "and " + (texts.size() - MOST_SHOWN) + " more");
    }
  }

  private void line(Symbol symbol, String text) {
    console.line("  " + console.style().sign(symbol) + " " + Printable.of(text));
  }
}
