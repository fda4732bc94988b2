package dev.vat.cli;

import dev.vat.staging.Planner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `vat down`: fetches what is new or changed in S3.
@Command(
    footer = {
      "",
      "Examples:",
      "  vat down b63                 everything new and changed",
      "  vat down b63 draft.mp4       only this file",
      "  vat down b63 --dry-run       only show what would be fetched",
      "  vat down --all               every project, also those that are new to you",
      "  vat down b63 draft.mp4 --keep both   decide a conflict"
    })
final class DownCommand implements VatCommand {
  @Mixin private StagingTarget target;
  @Mixin private AllOption all;
  @Mixin private KeepOption keep;
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
      return new AllSync(invocation, Direction.DOWN, change, transfer.limitRate())
          .run(Planner::down);
    }
    return new StagingSync(
            invocation, Direction.DOWN, target, keep.keep(), change, transfer.limitRate())
        .run(Planner::down);
  }
}
