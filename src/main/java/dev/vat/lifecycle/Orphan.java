package dev.vat.lifecycle;

import dev.vat.cloud.ObjectSummary;
import dev.vat.project.ProjectId;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An object in the archive place that belongs to nothing that is known.
///
/// @param project by its key; empty for [Kind#NO_ARCHIVE]
/// @param ours whether it says that it is this repository's, and of that project
public record Orphan(ObjectSummary object, Kind kind, Optional<ProjectId> project, boolean ours) {
  /// What it is.
  public enum Kind {
    /// A table of contents whose archive is gone.
    TOC,
    /// Light files whose archive is gone.
    LIGHT,
    /// An archive of a project that neither the repository, nor the manifest, nor a drive knows.
    UNKNOWN_PROJECT,
    /// Nothing of vat's, by its name.
    NO_ARCHIVE
  }

  public Orphan {
    if (project.isEmpty() != (kind == Kind.NO_ARCHIVE)) {
      throw new IllegalArgumentException(object.key() + ": " + kind + " of " + project);
    }
  }

  /// Whether it was made of an archive, and is the only thing that is ever removed.
  public boolean isSidecar() {
    return kind == Kind.TOC || kind == Kind.LIGHT;
  }

  /// Whether it was made of the archive of that key.
  public boolean isOf(String archive) {
    return isSidecar() && archiveKeys().contains(archive);
  }

  /// Where the archive would lie that a table of contents or light files are of: beside it, in any
  /// spelling of its accents.
  static Set<String> archiveKeys(String key, ArchiveKeys.Kind kind) {
    String base = key.substring(0, key.length() - kind.ending().length());
    Set<String> keys = new LinkedHashSet<>();
    for (String spelled :
        List.of(
            base,
            Normalizer.normalize(base, Normalizer.Form.NFC),
            Normalizer.normalize(base, Normalizer.Form.NFD))) {
      keys.add(spelled + ArchiveKeys.Kind.ARCHIVE.ending());
    }
    return keys;
  }

  /// The same of this one.
  ///
  /// @throws IllegalStateException for anything but a table of contents or light files
  Set<String> archiveKeys() {
    return archiveKeys(
        object.key(),
        switch (kind) {
          case TOC -> ArchiveKeys.Kind.TOC;
          case LIGHT -> ArchiveKeys.Kind.LIGHT;
          case UNKNOWN_PROJECT, NO_ARCHIVE ->
              throw new IllegalStateException("not made of an archive: " + object.key());
        });
  }
}
