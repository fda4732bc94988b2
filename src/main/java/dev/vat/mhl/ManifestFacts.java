package dev.vat.mhl;

import java.time.Instant;
import java.util.List;

/// What one manifest says besides its files.
///
/// @param createdAt when its work began
/// @param toolVersion empty when not said
/// @param ignored patterns of files that were not looked at
/// @param references manifests of folders below that have histories of their own, relative
/// @param problems what was found that could not be used; the rest is
record ManifestFacts(
    Instant createdAt,
    String hostname,
    String tool,
    String toolVersion,
    MhlProcess process,
    List<String> ignored,
    List<String> references,
    List<String> problems) {
  ManifestFacts {
    ignored = List.copyOf(ignored);
    references = List.copyOf(references);
    problems = List.copyOf(problems);
  }
}
