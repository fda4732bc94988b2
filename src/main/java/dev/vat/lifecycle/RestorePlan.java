package dev.vat.lifecycle;

import dev.vat.archive.ArchiveReader;
import dev.vat.archive.TocEntry;
import dev.vat.cloud.ObjectSummary;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.nio.file.Path;
import java.util.List;

/// What restoring a project from S3 would come to.
public sealed interface RestorePlan {
  /// It cannot be, and nothing was written.
  ///
  /// @param why a whole sentence
  record Refused(String why) implements RestorePlan {}

  /// It can be.
  ///
  /// @param archive the object that is read
  /// @param target the folder that the project gets, or has
  /// @param whole whether all of the archive is wanted
  /// @param exists whether the target is there already
  /// @param fetched by name in the project: what is downloaded
  /// @param moved light files that are here and proven equal: they are renamed
  /// @param same how many files are there already, proven equal
  /// @param twice light files in `archived/` that the project's folder has as well: they stay
  /// @param lightFolders the project's folders in `archived/`, which go when they are empty
  /// @param conflicts names under which something else is
  /// @param reader of the archive
  record Ready(
      ProjectId project,
      ObjectSummary archive,
      Path target,
      boolean whole,
      boolean exists,
      List<Fetched> fetched,
      List<Moved> moved,
      int same,
      List<Path> twice,
      List<Path> lightFolders,
      List<Conflict> conflicts,
      Reading reader)
      implements RestorePlan {
    public Ready {
      fetched = List.copyOf(fetched);
      moved = List.copyOf(moved);
      twice = List.copyOf(twice);
      lightFolders = List.copyOf(lightFolders);
      conflicts = List.copyOf(conflicts);
    }

    /// Whether everything is here already.
    public boolean isNothing() {
      return fetched.isEmpty() && moved.isEmpty();
    }

    /// Bytes of the files that have to come.
    public long bytes() {
      return fetched.stream().mapToLong(one -> one.entry().sizeBytes()).sum();
    }
  }

  /// The archive, open.
  ///
  /// @param range what it is read by
  /// @param archive its reader
  record Reading(ObjectRange range, ArchiveReader archive) {}

  /// A file to be downloaded.
  record Fetched(RelativeName name, TocEntry.File entry) {}

  /// A file to be renamed.
  record Moved(RelativeName name, Path from) {}

  /// Something else is in the way.
  ///
  /// @param why in words for users, to follow the name
  record Conflict(RelativeName name, String why) {
    /// Both, for users.
    public String text() {
      return name + " " + why;
    }
  }
}
