package dev.vat.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat copy`: a second copy of a project on a drive. Nothing is released by it.
@Command(
    footer = {
      "",
      "Copies from the project's folder here, or from another drive that is connected; each file is",
      "read back and compared, and its checksums are written beside it (ascmhl). What is on the",
      "drive already is compared and completed; nothing is overwritten.",
      "",
      "Examples:",
      "  vat copy b63 --to T8             a second copy",
      "  vat copy b40 b41 --to T8 -n      what that would come to",
      "  vat copy --all --to T8           every project that has none there yet",
      "Drives: vat drives, vat drives add PATH"
    })
final class CopyCommand implements VatCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "PROJECT",
      description = "ids or their unambiguous beginnings")
  private List<String> projects = List.of();

  @Option(
      names = "--all",
      description = "every project that has no copy on that drive, as projects.json knows it")
  private boolean all;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DRIVE",
      description = "a drive's name, as vat drives shows")
  private String to;

  @Option(
      names = "--from",
      paramLabel = "PLACE",
      description = "local, or a drive's name; otherwise the one that has all files")
  private String from;

  @Option(
      names = "--keep",
      paramLabel = "WHICH",
      description = {
        "where the drive has another version: mine (the one that is copied),",
        "theirs (the drive's) or both (mine gets my name added).",
        "What loses is kept"
      })
  private KeepWord keep;

  @Mixin private DryRunOption changes;
  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public String whenStopped() {
    return "Stopped. What was copied is kept and not visible as whole; run the same command again"
        + " to carry on.";
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CurrentRepository context = CurrentRepository.require(invocation);
    if (all == !projects.isEmpty()) {
      throw CommandFailure.usage(
          all ? "--all takes no PROJECT" : "which project is to be copied?",
          "vat copy b63 --to " + to + ", or vat copy --all --to " + to);
    }
    if (keep != null && all) {
      throw CommandFailure.usage(
          "--keep decides about projects that are named",
          "name them: vat copy b63 --to " + to + " --keep " + keep);
    }
    CopyRun run =
        new CopyRun(invocation, context, new CopyRun.Wishes(to, from, keep, changes.dryRun));
    try (KeepAwake.Handle _ = invocation.services().keepAwake().begin("vat copy")) {
      return all ? run.all() : run.named(projects);
    }
  }
}
