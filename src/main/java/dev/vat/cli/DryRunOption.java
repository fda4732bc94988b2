package dev.vat.cli;

import picocli.CommandLine.Option;

/// For commands that change something and ask nothing.
final class DryRunOption {
  @Option(
      names = {"-n", "--dry-run"},
      description = "show what would be done, and do nothing")
  boolean dryRun;
}
