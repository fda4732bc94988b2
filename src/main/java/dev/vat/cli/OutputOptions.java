package dev.vat.cli;

import java.util.List;
import picocli.CommandLine.Option;

/// How a command tells its result: every command has these.
final class OutputOptions {
  @Option(names = "--json", description = "one JSON document on standard output, for programs")
  boolean json;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "auto, always or never (also: NO_COLOR=1)")
  ColorChoice color = ColorChoice.auto;

  @Option(names = "--debug", description = "with an error, show where in the program it arose")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this help")
  boolean help;

  /// What can be told from a command line that could not be understood as a whole, so that its
  /// error is printed the way it was asked for.
  static OutputOptions guess(List<String> arguments) {
    OutputOptions options = new OutputOptions();
    int end = arguments.indexOf("--");
    List<String> words = end < 0 ? arguments : arguments.subList(0, end);
    options.json = words.contains("--json");
    options.debug = words.contains("--debug");
    int color = words.indexOf("--color");
    if (words.contains("--color=never")
        || (color >= 0 && color + 1 < words.size() && words.get(color + 1).equals("never"))) {
      options.color = ColorChoice.never;
    }
    return options;
  }
}
