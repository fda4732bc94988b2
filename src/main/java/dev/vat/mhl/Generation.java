package dev.vat.mhl;

import java.time.Instant;
import java.util.List;

/// A generation to be appended to a history.
///
/// @param startedAt when the work began whose result this is; in UTC it is part of the file's name
/// @param entries each name once
public record Generation(
    MhlProcess process, Instant startedAt, Creator creator, List<MhlEntry> entries) {
  public Generation {
    entries = List.copyOf(entries);
    if (entries.stream().map(MhlEntry::name).distinct().count() < entries.size()) {
      throw new IllegalArgumentException("the same name twice in one generation");
    }
  }
}
