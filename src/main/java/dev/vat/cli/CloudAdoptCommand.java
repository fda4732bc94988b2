package dev.vat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `vat cloud adopt`: on a computer that has nothing but settings, everything that the bucket
/// tells; the same as `vat manifest --from-cloud`.
@Command(
    name = "adopt",
    description = "what is in all archives: manifest, names, texts for vat find",
    footer = {
      "",
      "Writes projects.json from what is in S3, as vat manifest does, and reads the table of contents",
      "and the texts of every archive that is not known yet, frozen ones too: then vat find, show and",
      "list know them. Thaws nothing and changes nothing in S3. Cut anywhere, the same command goes on.",
      "",
      "Examples:",
      "  vat cloud adopt --dry-run    how much would be read, and what that costs",
      "  vat cloud adopt"
    })
final class CloudAdoptCommand implements VatCommand {
  @Mixin private DryRunOption change;
  @Mixin private TransferOptions transfer;
  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public String whenStopped() {
    return "Stopped. What was read is kept; the same command goes on.";
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    ManifestReport.Document manifest =
        new ManifestRun(change.dryRun, false, false, true, transfer.limitRate())
            .manifest(invocation, CurrentRepository.require(invocation));
    invocation.console().document("vat.manifest/1", manifest);
    return ManifestCommand.exit(manifest, true);
  }
}
