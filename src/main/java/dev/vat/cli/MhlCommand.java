package dev.vat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `vat mhl`: checksum histories (ASC MHL) of any folder, in a repository or not.
@Command(
    description = "Checksum histories (ASC MHL, the film industry's) of any folder.",
    subcommands = {MhlCheckCommand.class, MhlCreateCommand.class})
final class MhlCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this help")
  private boolean help;
}
