package dev.vat.cli;

import dev.vat.cost.FreezeCost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat freeze`: archive objects from S3 Standard to a colder class, inside S3.
@Command(
    footer = {
      "",
      "The archive is copied inside S3 onto its own key: nothing passes this",
      "computer, and it is whole there at every moment. Its table of contents and",
      "light files stay readable. What is frozen has to be thawed before it can be",
      "read: 12 to 48 hours from Deep Archive, where S3 bills at least 180 days (90",
      "in the other two classes).",
      "",
      "Examples:",
      "  vat freeze b40 --dry-run         what it saves a month, and when it pays off",
      "  vat freeze --older-than 6months  everything that was put into S3 before that"
    })
final class FreezeCommand implements VatCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "PROJECT",
      description = "ids or their unambiguous beginnings")
  private List<String> projects = List.of();

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      converter = AgeConverter.class,
      description = "all that have been in S3 for so long: 6months, 180days, 1y")
  private Duration olderThan;

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      defaultValue = "DEEP_ARCHIVE",
      description = {
        "DEEP_ARCHIVE (the cheapest), GLACIER (thaws in hours)",
        "or GLACIER_IR (needs no thaw, dear to read)"
      })
  private FreezeCost.Target to;

  @Mixin private ChangeOptions change;
  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public String whenStopped() {
    return "Stopped. Every archive is whole in S3; run the same command again to carry on.";
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    if (projects.isEmpty() == (olderThan == null)) {
      throw CommandFailure.usage(
          "which archives? Projects and --older-than are two ways to say so",
          "name them (vat freeze b40), or give an age (vat freeze --older-than 6months)");
    }
    CurrentRepository context = CurrentRepository.require(invocation);
    try (FreezeRun run = FreezeRun.open(invocation, context, to, change)) {
      return run.of(projects, Optional.ofNullable(olderThan));
    }
  }
}
