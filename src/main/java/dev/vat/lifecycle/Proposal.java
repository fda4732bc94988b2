package dev.vat.lifecycle;

import java.time.Instant;
import java.util.Optional;

/// What would happen to a project next, if nobody decided otherwise. Nothing is decided by it: each
/// step proves anew what it needs before it moves or releases anything.
public sealed interface Proposal {
  /// In words for users: what the proposal follows from.
  String reason();

  /// It moves on.
  ///
  /// @param from the time from which on it is due; empty when what it depends on is not known
  record Move(Step step, Optional<Instant> from, String reason) implements Proposal {
    /// Whether it is due.
    public boolean isDue(Instant now) {
      return from.filter(at -> !now.isBefore(at)).isPresent();
    }
  }

  /// It stays where it is.
  record Stay(String reason) implements Proposal {}

  /// Where it moves.
  enum Step {
    /// From the repository to the SSD; light files stay, in `archived/`.
    ARCHIVE("to the SSD"),
    /// From the SSD to S3.
    BACKUP("to S3"),
    /// Away from the SSD, once its copy in S3 is proven.
    RELEASE("off the SSD"),
    /// From S3 to Deep Archive.
    FREEZE("to Glacier");

    private final String words;

    Step(String words) {
      this.words = words;
    }

    /// For users.
    public String words() {
      return words;
    }
  }
}
