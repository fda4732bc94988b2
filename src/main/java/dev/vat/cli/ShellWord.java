package dev.vat.cli;

/// A word for a command line that is shown to be copied.
final class ShellWord {
  private ShellWord() {}

  /// Quoted when a shell would take it apart.
  static String of(String word) {
    return word.matches("[\\p{L}\\p{N}._/+@:,-]+")
        ? word
        : "\"" + word.replace("\"", "\\\"") + "\"";
  }
}
