package dev.vat.lifecycle;

import dev.vat.project.RelativeName;
import java.util.Set;

/// What users decide about archiving a project.
///
/// @param keepLocal whether everything stays here as well
/// @param skipLinks whether what is no ordinary file may be left behind, here
/// @param tracked files that git tracks: heavy ones of them stay here
public record ArchiveOptions(boolean keepLocal, boolean skipLinks, Set<RelativeName> tracked) {
  public ArchiveOptions {
    tracked = Set.copyOf(tracked);
  }
}
