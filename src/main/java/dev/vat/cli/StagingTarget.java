package dev.vat.cli;

import java.util.List;
import picocli.CommandLine.Parameters;

/// What a staging command is about: a project, and perhaps only some of its staged files.
final class StagingTarget {
  @Parameters(
      paramLabel = "PROJECT FILE",
      arity = "0..*",
      description = {
        "the project (left out inside its folder), then, if not",
        "all of them, the files in its s3-staging folder"
      })
  private List<String> words = List.of();

  /// For a command that describes its words in its own way.
  static StagingTarget of(List<String> words) {
    StagingTarget target = new StagingTarget();
    target.words = List.copyOf(words);
    return target;
  }

  List<String> words() {
    return words;
  }
}
