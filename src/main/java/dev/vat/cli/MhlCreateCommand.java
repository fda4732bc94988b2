package dev.vat.cli;

import dev.vat.lifecycle.FolderLook;
import dev.vat.lifecycle.Selection;
import dev.vat.lifecycle.VerificationPlan;
import dev.vat.lifecycle.VerificationReport;
import dev.vat.progress.Progress;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `vat mhl create`: begins a history, or appends a generation to one.
@Command(
    name = "create",
    description =
        "reads every file and writes a generation: new files are recorded, others compared",
    footer = {
      "",
      "Writes only into DIR/ascmhl. A later run appends; no generation is ever changed.",
      "",
      "Example:",
      "  vat mhl create /Volumes/T7/A001R2EC"
    })
final class MhlCreateCommand implements VatCommand {
  @Parameters(arity = "1", paramLabel = "DIR", description = "any folder")
  private String typed;

  @Mixin private DryRunOption changes;
  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    MhlFolder folder = new MhlFolder(invocation, typed, "create");
    FolderLook look = folder.look();
    VerificationPlan plan = VerificationPlan.of(look, Selection.everything());
    if (changes.dryRun) {
      return folder.planned(plan.toRead().size(), plan.bytes(), look);
    }
    VerificationReport report;
    try (Progress.Task task =
            invocation
                .console()
                .progress()
                .begin("reading " + look.root().getFileName(), plan.bytes());
        KeepAwake.Handle _ = invocation.services().keepAwake().begin("vat mhl create")) {
      report = folder.verification().run(plan, Optional.empty(), task);
    }
    return folder.tell(look, report, true);
  }

  @Override
  public String whenStopped() {
    return "Stopped. The history is as it was.";
  }
}
