package dev.vat.mhl;

import dev.vat.project.RelativeName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One file in one generation.
///
/// @param name below the history's folder
/// @param sizeBytes empty where another tool did not say
/// @param modifiedAt the file's time, empty where another tool did not say
/// @param hashes one of each format at most, in the schema's order; at least one
/// @param previousName what it was called before, when this generation says that it was renamed
public record MhlEntry(
    RelativeName name,
    OptionalLong sizeBytes,
    Optional<Instant> modifiedAt,
    List<Stated> hashes,
    Optional<RelativeName> previousName) {
  public MhlEntry {
    hashes =
        hashes.stream()
            .sorted(Comparator.comparing((Stated stated) -> stated.digest().format()))
            .toList();
    if (hashes.isEmpty()) {
      throw new IllegalArgumentException("no hash of " + name);
    }
    if (hashes.stream().map(stated -> stated.digest().format()).distinct().count()
        < hashes.size()) {
      throw new IllegalArgumentException("two hashes of one format of " + name);
    }
  }

  /// What one reading established, the same being said of both formats.
  ///
  /// @param at when it was read
  public static MhlEntry of(
      RelativeName name, FileDigests digests, Instant modifiedAt, HashAction action, Instant at) {
    return new MhlEntry(
        name,
        OptionalLong.of(digests.sizeBytes()),
        Optional.of(modifiedAt),
        digests.asList().stream().map(digest -> new Stated(digest, action, at)).toList(),
        Optional.empty());
  }
}
