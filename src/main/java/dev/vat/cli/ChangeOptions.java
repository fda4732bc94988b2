package dev.vat.cli;

import picocli.CommandLine.Option;

/// For commands that change something.
final class ChangeOptions {
  @Option(
      names = {"-n", "--dry-run"},
      description = "show what would be done, and do nothing")
  boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "answer questions with yes; never skips a safety check")
  boolean yes;
}
