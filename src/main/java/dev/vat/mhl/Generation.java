package dev.vat.mhl;

import dev.vat.project.RelativeName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A generation to be appended to a history.
///
/// @param startedAt when the work began whose result this is; in UTC it is part of the file's name
/// @param entries each name once
/// @param emptyFolders every folder in which there is nothing, when the entries are all files that
///     there are: then hashes of the folders are written too, in the first generation of a history.
///     Empty when that is not known
public record Generation(
    MhlProcess process,
    Instant startedAt,
    Creator creator,
    List<MhlEntry> entries,
    Optional<Set<RelativeName>> emptyFolders) {
  public Generation {
    entries = List.copyOf(entries);
    emptyFolders = emptyFolders.map(Set::copyOf);
    if (entries.stream().map(MhlEntry::name).distinct().count() < entries.size()) {
      throw new IllegalArgumentException("the same name twice in one generation");
    }
  }

  /// One that says nothing of folders.
  public Generation(
      MhlProcess process, Instant startedAt, Creator creator, List<MhlEntry> entries) {
    this(process, startedAt, creator, entries, Optional.empty());
  }

  /// The same, when the entries are all files that there are, and no folder is empty.
  public Generation ofWholeFolder() {
    return new Generation(process, startedAt, creator, entries, Optional.of(Set.of()));
  }
}
