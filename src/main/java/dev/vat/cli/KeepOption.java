package dev.vat.cli;

import dev.vat.staging.Keep;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How conflicts are decided.
final class KeepOption {
  /// The words that are typed.
  enum Choice {
    mine(Keep.MINE),
    theirs(Keep.THEIRS),
    both(Keep.BOTH);

    private final Keep keep;

    Choice(Keep keep) {
      this.keep = keep;
    }
  }

  @Option(
      names = "--keep",
      paramLabel = "WHICH",
      description = {
        "decides conflicts: mine (this computer's version goes to S3),",
        "theirs (S3's comes here) or both (mine gets my name added).",
        "What loses is kept: vat kept list"
      })
  private Choice choice;

  Optional<Keep> keep() {
    return Optional.ofNullable(choice).map(chosen -> chosen.keep);
  }
}
