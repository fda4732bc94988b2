package dev.vat.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;

/// The three standard streams and what is at their other ends. The questions are asked only when
/// the answer is needed: finding out costs start-up time.
public interface Terminal {
  /// Where answers are read from.
  BufferedReader in();

  /// For data. Nobody else writes to it while a command runs.
  PrintStream out();

  /// For progress, questions and errors.
  PrintStream err();

  boolean inIsTerminal();

  boolean outIsTerminal();

  boolean errIsTerminal();

  /// Columns; 80 when not known.
  int width();

  /// Whether characters beyond ASCII (check marks, arrows, emoji) come out right.
  boolean unicode();

  /// Whether escape sequences (colours, cursor movement) are understood by what is there.
  boolean ansi();

  /// Reads one line without showing it, after a prompt that ends where the answer begins.
  ///
  /// @return null at the end of the input
  String readSecret(String prompt) throws IOException;
}
