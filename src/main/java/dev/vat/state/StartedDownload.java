package dev.vat.state;

import java.util.Set;

/// A download under way, and how far it is.
///
/// @param download which
/// @param finishedRanges numbers of the ranges that are written, from 0
public record StartedDownload(JournalledDownload download, Set<Long> finishedRanges) {
  public StartedDownload {
    finishedRanges = Set.copyOf(finishedRanges);
  }
}
