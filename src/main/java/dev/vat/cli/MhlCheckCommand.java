package dev.vat.cli;

import dev.vat.lifecycle.FolderLook;
import dev.vat.lifecycle.Selection;
import dev.vat.lifecycle.VerificationPlan;
import dev.vat.lifecycle.VerificationReport;
import dev.vat.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `vat mhl check`: reads a folder against its history, and writes nothing.
@Command(
    name = "check",
    description = "reads every file and compares it with the history; writes nothing",
    footer = {
      "",
      "Reads histories of other tools too (md5, sha1, xxh64, xxh3, xxh128, c4), and those of",
      "folders below. Exit code 6 when something is damaged, changed or missing.",
      "",
      "Example:",
      "  vat mhl check /Volumes/T7/A001R2EC"
    })
final class MhlCheckCommand implements VatCommand {
  @Parameters(arity = "1", paramLabel = "DIR", description = "a folder with an ascmhl folder in it")
  private String typed;

  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    MhlFolder folder = new MhlFolder(invocation, typed, "check");
    FolderLook look = folder.look();
    if (look.history().isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "no_history",
          Printable.of(look.root().toString())
              + " has no checksum history (no generation in an ascmhl folder)",
          "vat mhl create " + Printable.of(ShellWord.of(typed)) + " begins one");
    }
    VerificationPlan plan = VerificationPlan.of(look, Selection.everything());
    VerificationReport report;
    try (Progress.Task task =
            invocation
                .console()
                .progress()
                .begin("reading " + look.root().getFileName(), plan.bytes());
        KeepAwake.Handle _ = invocation.services().keepAwake().begin("vat mhl check")) {
      report = folder.verification().check(plan, task);
    }
    return folder.tell(look, report, false);
  }

  @Override
  public String whenStopped() {
    return "Stopped. Nothing was written.";
  }
}
