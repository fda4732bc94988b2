package dev.vat.lifecycle;

import dev.vat.mhl.Digest;
import dev.vat.mhl.HashAction;
import dev.vat.mhl.HashFormat;
import dev.vat.mhl.MhlEntry;
import dev.vat.mhl.Recorded;
import dev.vat.mhl.Stated;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a content that was read means, and what a history is to say of it. Pure.
final class Judgement {
  /// What a file system may round a time to (FAT: two seconds), and histories tell whole seconds.
  static final Duration TIME_TOLERANCE = Duration.ofSeconds(2);

  private Judgement() {}

  static Verdict of(TreeFile file, Optional<Recorded> recorded, Map<HashFormat, Digest> digests) {
    if (recorded.isEmpty()) {
      return Verdict.NEW;
    }
    if (isAsRecorded(recorded.get(), digests)) {
      return Verdict.GOOD;
    }
    Optional<Instant> then = recorded.get().modifiedAt();
    boolean sameTime = then.isEmpty() || areClose(then.get(), file.modifiedAt());
    return sameTime ? Verdict.DAMAGED : Verdict.CHANGED;
  }

  static boolean areClose(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(TIME_TOLERANCE) <= 0;
  }

  /// Whether a content is what was recorded: in every format that both have, and at least one.
  static boolean isAsRecorded(Recorded recorded, Map<HashFormat, Digest> digests) {
    boolean compared = false;
    for (Digest expected : recorded.digests().values()) {
      Digest found = digests.get(expected.format());
      if (found != null && !found.equals(expected)) {
        return false;
      }
      compared |= found != null;
    }
    return compared;
  }

  static String words(TreeFile file, Recorded recorded) {
    if (recorded.digests().isEmpty()) {
      return "nothing good was ever recorded of it";
    }
    OptionalLong then = recorded.sizeBytes();
    return then.isPresent() && then.getAsLong() != file.sizeBytes()
        ? file.sizeBytes() + " bytes where " + then.getAsLong() + " were recorded"
        : "";
  }

  /// What the next generation says of a file.
  ///
  /// @param recorded what it is compared with; of a renamed file that of the old name
  /// @param at when the content was read
  /// @param previousName only with [Verdict#RENAMED]
  static MhlEntry entry(
      TreeFile file,
      Optional<Recorded> recorded,
      Map<HashFormat, Digest> digests,
      Instant at,
      Verdict verdict,
      Optional<RelativeName> previousName) {
    Map<HashFormat, Digest> before = recorded.map(Recorded::digests).orElse(Map.of());
    Map<HashFormat, Stated> stated = new EnumMap<>(HashFormat.class);
    for (Digest digest : digests.values()) {
      HashAction action =
          verdict.isBad()
              ? HashAction.FAILED
              : before.containsKey(digest.format()) ? HashAction.VERIFIED : HashAction.ORIGINAL;
      stated.put(digest.format(), new Stated(digest, action, at));
    }
    if (verdict.isBad() && !before.isEmpty()) {
      // A format that nobody recorded before cannot fail: it says nothing.
      stated.keySet().retainAll(before.keySet());
    }
    return new MhlEntry(
        file.name(),
        OptionalLong.of(file.sizeBytes()),
        Optional.of(file.modifiedAt()),
        List.copyOf(stated.values()),
        previousName);
  }
}
