package dev.vat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `vat up`: sends what is new or changed in `s3-staging/`.
@Command(
    footer = {
      "",
      "Examples:",
      "  vat up b63                   everything new and changed",
      "  vat up b63 draft.mp4         only this file",
      "  vat up b63 --dry-run         only show what would be sent",
      "  vat up --all                 every project here that shares files",
      "  vat up b63 draft.mp4 --keep mine   decide a conflict"
    })
final class UpCommand implements VatCommand {
  @Mixin private StagingTarget target;
  @Mixin private AllOption all;
  @Mixin private KeepOption keep;

  @Option(
      names = "--again",
      description = "also send files that were cleaned up in S3 and are unchanged here")
  private boolean again;

  @Mixin private ChangeOptions change;
  @Mixin private TransferOptions transfer;
  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    if (all.wanted(target, keep.keep())) {
      return new AllSync(invocation, Direction.UP, change, transfer.limitRate())
          .run((planner, files) -> planner.up(files, again));
    }
    return new StagingSync(
            invocation, Direction.UP, target, keep.keep(), change, transfer.limitRate())
        .run((planner, files) -> planner.up(files, again));
  }
}
