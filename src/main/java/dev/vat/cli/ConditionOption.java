package dev.vat.cli;

import picocli.CommandLine.Option;

/// Whether to go on where the server lacks conditions.
final class ConditionOption {
  @Option(
      names = "--without-conditions",
      description = {
        "for S3 servers that ignore conditions: look right before and",
        "after each write instead. In between, a teammate's newer",
        "file could be overwritten"
      })
  private boolean without;

  boolean without() {
    return without;
  }
}
