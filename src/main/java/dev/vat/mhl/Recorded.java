package dev.vat.mhl;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a history says of one file, all generations together.
///
/// @param sizeBytes of the content that `digests` are of; empty where no tool said it
/// @param modifiedAt the file's time when that content was last seen
/// @param digests what the content has to be, by format: the first that was stated and did not
///     fail. Empty when all that was ever stated of it failed
/// @param lastAction what the newest generation that names the file says
/// @param lastReadAt when the content was last read, whatever came out
/// @param lastVerifiedAt when it was last found to be, or first recorded as, what `digests` say
public record Recorded(
    OptionalLong sizeBytes,
    Optional<Instant> modifiedAt,
    Map<HashFormat, Digest> digests,
    HashAction lastAction,
    Instant lastReadAt,
    Optional<Instant> lastVerifiedAt) {
  public Recorded {
    digests = Map.copyOf(digests);
  }

  /// What is known after one more generation named the file.
  static Recorded after(Optional<Recorded> before, MhlEntry entry) {
    Map<HashFormat, Digest> digests = new EnumMap<>(HashFormat.class);
    before.ifPresent(known -> digests.putAll(known.digests));
    boolean failed = false;
    boolean original = true;
    Instant readAt = entry.hashes().getFirst().at();
    for (Stated stated : entry.hashes()) {
      failed |= stated.action() == HashAction.FAILED;
      original &= stated.action() == HashAction.ORIGINAL;
      readAt = stated.at().isAfter(readAt) ? stated.at() : readAt;
    }
    if (!failed) {
      entry
          .hashes()
          .forEach(stated -> digests.putIfAbsent(stated.digest().format(), stated.digest()));
    }
    HashAction action =
        failed ? HashAction.FAILED : original ? HashAction.ORIGINAL : HashAction.VERIFIED;
    boolean keepOld = failed && before.isPresent();
    return new Recorded(
        keepOld ? before.get().sizeBytes : known(entry.sizeBytes(), before),
        keepOld
            ? before.get().modifiedAt
            : entry.modifiedAt().or(() -> before.flatMap(Recorded::modifiedAt)),
        digests,
        action,
        readAt,
        failed ? before.flatMap(Recorded::lastVerifiedAt) : Optional.of(readAt));
  }

  private static OptionalLong known(OptionalLong now, Optional<Recorded> before) {
    return now.isPresent() || before.isEmpty() ? now : before.get().sizeBytes;
  }
}
