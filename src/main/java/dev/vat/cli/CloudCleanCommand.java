package dev.vat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `vat cloud clean`: what was left over in the buckets.
@Command(
    name = "clean",
    description = "lists and removes what was left over: unfinished uploads, orphans",
    footer = {
      "",
      "Aborts only uploads that this computer began itself. Removes only tables of contents",
      "and light files whose archive has been gone for 30 days; light files only when a",
      "folder here or on a drive has every one of them. Never an archive, and nothing of",
      "others; what it lists besides, people decide about.",
      "",
      "Examples:",
      "  vat cloud clean --dry-run       what lies unused in S3, and what it costs a month",
      "  vat cloud clean"
    })
final class CloudCleanCommand implements VatCommand {
  @Mixin private ChangeOptions change;
  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public String whenStopped() {
    return "Stopped. What was removed so far is gone; run it again to see what is left.";
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CurrentRepository context = CurrentRepository.require(invocation);
    try (CloudCleanRun run = CloudCleanRun.open(invocation, context, change)) {
      return run.run();
    }
  }
}
