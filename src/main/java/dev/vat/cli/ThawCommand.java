package dev.vat.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat thaw`: asks S3 to make frozen archives readable for some days, and tells how that stands.
@Command(
    footer = {
      "",
      "Nothing is downloaded by it. S3 takes hours; vat remembers what was asked",
      "for, here and in the bucket, so that either teammate can look. Exit code 7",
      "while something is under way.",
      "",
      "Examples:",
      "  vat thaw b40 --dry-run      what it costs, and how long it takes, by each tier",
      "  vat thaw b40 --days 3       asks, then tells S3",
      "  vat thaw --check-status     all thaws: under way, readable until, expired"
    })
final class ThawCommand implements VatCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "PROJECT",
      description = "ids or their unambiguous beginnings")
  private List<String> projects = List.of();

  @Option(
      names = "--check-status",
      description = "only tell how it stands; without projects, of all")
  private boolean checkStatus;

  @Option(names = "--wait", description = "stay until all of them can be read")
  private boolean waits;

  @Mixin private ArchiveOption archive;
  @Mixin private ThawOptions options;
  @Mixin private ChangeOptions change;
  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public String whenStopped() {
    return "Stopped. What S3 was asked for goes on; vat thaw --check-status tells how it stands.";
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    if (projects.isEmpty() && !checkStatus) {
      throw CommandFailure.usage(
          "which archives are to be thawed?",
          "name them (vat thaw b40), or look how all stand (vat thaw --check-status)");
    }
    if (archive.name().isPresent() && projects.size() != 1) {
      throw CommandFailure.usage(
          "--archive names one archive of one project", "name its project as well, and no other");
    }
    CurrentRepository context = CurrentRepository.require(invocation);
    boolean looks = change.dryRun || checkStatus;
    try (ThawRun run = ThawRun.open(invocation, context, looks)) {
      ThawRun.Wishes wishes =
          new ThawRun.Wishes(
              archive.name(), options.tier(), options.days(), "", change.dryRun, change.yes);
      return run.of(projects, wishes, checkStatus, waits && !change.dryRun);
    }
  }
}
