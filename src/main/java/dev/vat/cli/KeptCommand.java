package dev.vat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `vat kept`: what lost a decision, which vat never destroys by itself.
@Command(
    description =
        "What lost a decision (--keep, a replaced file). vat never destroys it by itself.",
    subcommands = {KeptListCommand.class, KeptRestoreCommand.class, KeptEmptyCommand.class})
final class KeptCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this help")
  private boolean help;
}
