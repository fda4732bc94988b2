package dev.vat.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat backup`: projects to S3, each as one archive, straight from the disk.
@Command(
    footer = {
      "",
      "Each project becomes one .tar.gz, which any system unpacks; its table of contents and its",
      "light files lie beside it. What S3 has already is compared, and never overwritten. Cut",
      "anywhere, the same command goes on without sending again what S3 has.",
      "",
      "Examples:",
      "  vat backup b40 --dry-run        what would be stored, and where",
      "  vat backup b40 b41              do it",
      "  vat backup --older-than 6months everything on the SSD in which nothing changed since",
      "  vat backup b40 --delete-local   and make room on the SSD, once S3 has proven it"
    })
final class BackupCommand implements VatCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "PROJECT",
      description = "the projects (left out inside a project's folder)")
  private List<String> words = List.of();

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      converter = AgeConverter.class,
      description = {
        "all on an SSD and not in S3 in which nothing was",
        "changed for so long: 6months, 180days, 1y"
      })
  private Duration olderThan;

  /// The words that are typed.
  enum Place {
    ssd,
    local
  }

  @Option(
      names = "--place",
      paramLabel = "PLACE",
      description = "where from: ssd or local; otherwise whichever is whole")
  private Place place;

  @Option(
      names = "--delete-local",
      description = {
        "then release the copy on the SSD, file by file, as far",
        "as S3 proves that it has the same"
      })
  private boolean deleteLocal;

  /// The words that are typed.
  enum Proof {
    checksum,
    full
  }

  @Option(
      names = "--verify",
      paramLabel = "HOW",
      defaultValue = "checksum",
      description = {
        "checksum: S3's own of the whole archive (the default);",
        "full: download and compare all of it"
      })
  private Proof verify;

  /// The words that are typed.
  enum Keep {
    both
  }

  @Option(
      names = "--keep",
      paramLabel = "both",
      description = "where S3 has another content: store this one beside it")
  private Keep keep;

  @Option(
      names = {"-n", "--dry-run"},
      description = "show what would be done, and do nothing")
  private boolean dryRun;

  @Mixin private TransferOptions transfer;
  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public String whenStopped() {
    return "Stopped. Nothing half-done is visible in S3; run the same command again to carry on.";
  }

  /// What was typed.
  record Wishes(
      Optional<Place> place,
      boolean deleteLocal,
      boolean downloads,
      boolean keepBoth,
      boolean dryRun,
      OptionalLong limitRate) {}

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    if (olderThan != null && !words.isEmpty()) {
      throw CommandFailure.usage(
          "projects and --older-than are two ways to say which projects", "give one of them");
    }
    if (keep != null && olderThan != null) {
      throw CommandFailure.usage(
          "--keep decides about projects that are named", "name them: vat backup b40 --keep both");
    }
    if (deleteLocal && place == Place.local) {
      throw CommandFailure.usage(
          "--delete-local releases the copy on the SSD, and --place local says not to look at it",
          "leave one of them out; vat archive makes room on this computer");
    }
    CurrentRepository context = CurrentRepository.require(invocation);
    Wishes wishes =
        new Wishes(
            Optional.ofNullable(place),
            deleteLocal,
            verify == Proof.full,
            keep != null,
            dryRun,
            transfer.limitRate());
    try (BackupRun run = BackupRun.open(invocation, context, wishes)) {
      return run.of(words, Optional.ofNullable(olderThan));
    }
  }
}
