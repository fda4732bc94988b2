package dev.vat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `vat cloud`: the buckets themselves.
@Command(
    description = "The buckets: set-up, life cycle rules, who may do what, what is in them.",
    subcommands = {
      CloudSetupCommand.class,
      CloudLifecycleCommand.class,
      CloudPolicyCommand.class,
      CloudCleanCommand.class,
      CloudAdoptCommand.class
    })
final class CloudCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this help")
  private boolean help;
}
