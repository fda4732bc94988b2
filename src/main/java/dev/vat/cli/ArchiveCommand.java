package dev.vat.cli;

import dev.vat.lifecycle.ArchiveKeep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat archive`: brings finished projects to the SSD, proves the copy, keeps the light files in
/// `archived/`, and releases the heavy ones.
@Command(
    footer = {
      "",
      "Nothing is deleted here before its copy was read back from the drive itself.",
      "",
      "Examples:",
      "  vat archive b63 --dry-run    what would be copied, moved and released",
      "  vat archive b63              do it",
      "  vat archive --next 3         the three oldest by letter and number",
      "  vat archive b63 --keep-local only copy; everything stays here too"
    })
final class ArchiveCommand implements VatCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "PROJECT",
      description = "the projects (left out inside a project's folder)")
  private List<String> words = List.of();

  @Option(
      names = "--next",
      paramLabel = "N",
      description = "the N oldest active projects, by letter and number")
  private Integer next;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      converter = AgeConverter.class,
      description = "all active projects in which nothing was changed for so long: 90days, 6months")
  private Duration olderThan;

  @Option(
      names = "--to",
      paramLabel = "DRIVE",
      description = "another drive than the SSD (vat drives lists them)")
  private String drive;

  @Option(names = "--keep-local", description = "only copy: everything stays here too")
  private boolean keepLocal;

  @Option(
      names = "--keep",
      paramLabel = "WHICH",
      description = {
        "where the drive has another version: mine (this computer's),",
        "theirs (the drive's) or both (mine gets my name added).",
        "What loses is kept"
      })
  private KeepWord keep;

  @Option(names = "--also-tracked", description = "also release heavy files that git tracks")
  private boolean alsoTracked;

  @Option(names = "--skip-links", description = "leave links and special files behind, here")
  private boolean skipLinks;

  @Option(names = "--pull-staging", description = "first get what is in S3 and not here")
  private boolean pullStaging;

  @Option(names = "--skip-staging", description = "do not ask S3 how the staged files stand")
  private boolean skipStaging;

  @Mixin private DryRunOption changes;
  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  /// What was typed.
  record Wishes(
      Optional<String> drive,
      Optional<ArchiveKeep> keep,
      boolean keepLocal,
      boolean alsoTracked,
      boolean skipLinks,
      boolean pullStaging,
      boolean skipStaging,
      boolean dryRun) {}

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CurrentRepository context = CurrentRepository.require(invocation);
    ArchiveChoice choice = new ArchiveChoice(invocation, context);
    requireOneWay();
    if (keep != null && (next != null || olderThan != null)) {
      throw CommandFailure.usage(
          "--keep decides about projects that are named",
          "name them: vat archive b63 --keep " + keep);
    }
    if (pullStaging && skipStaging) {
      throw CommandFailure.usage(
          "--pull-staging and --skip-staging contradict each other", "give one of them");
    }
    Wishes wishes =
        new Wishes(
            Optional.ofNullable(drive),
            Optional.ofNullable(keep).map(KeepWord::keep),
            keepLocal,
            alsoTracked,
            skipLinks,
            pullStaging,
            skipStaging,
            changes.dryRun);
    return new ArchiveRun(invocation, context, wishes)
        .run(
            next != null
                ? choice.next(next)
                : olderThan != null ? choice.olderThan(olderThan) : choice.named(words));
  }

  private void requireOneWay() {
    int ways = (words.isEmpty() ? 0 : 1) + (next == null ? 0 : 1) + (olderThan == null ? 0 : 1);
    if (ways > 1) {
      throw CommandFailure.usage(
          "projects, --next and --older-than are three ways to say which projects",
          "give one of them");
    }
  }
}
