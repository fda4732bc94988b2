package dev.vat.lifecycle;

import dev.vat.mhl.FileDigests;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.nio.file.Path;
import java.util.List;

/// What restoring a project from its copy on a drive would come to.
public sealed interface DriveRestorePlan {
  /// It cannot be, and nothing was written.
  ///
  /// @param why a whole sentence
  record Refused(String why) implements DriveRestorePlan {}

  /// It can be, unless there are conflicts.
  ///
  /// @param source the copy on the drive, from which is only read
  /// @param target the folder that the project gets, or has
  /// @param whole whether all of the copy is wanted
  /// @param exists whether that folder is there already
  /// @param copied what comes from the drive
  /// @param untold those of them that its history says nothing of that could prove them
  /// @param moved light files that are here and proven equal: they are renamed
  /// @param same how many files are there already, proven equal
  /// @param twice light files in `archived/` that the project's folder has as well: they stay
  /// @param lightFolders the project's folders in `archived/`, which go when they are empty
  /// @param conflicts names under which something else is
  record Ready(
      ProjectId project,
      DriveSource source,
      Path target,
      boolean whole,
      boolean exists,
      List<TreeFile> copied,
      List<RelativeName> untold,
      List<Moved> moved,
      int same,
      List<Path> twice,
      List<Path> lightFolders,
      List<RestorePlan.Conflict> conflicts)
      implements DriveRestorePlan {
    public Ready {
      copied = List.copyOf(copied);
      untold = List.copyOf(untold);
      moved = List.copyOf(moved);
      twice = List.copyOf(twice);
      lightFolders = List.copyOf(lightFolders);
      conflicts = List.copyOf(conflicts);
    }

    /// Bytes of the files that have to come.
    public long bytes() {
      return copied.stream().mapToLong(TreeFile::sizeBytes).sum();
    }

    /// Whether everything is here already.
    public boolean isNothing() {
      return copied.isEmpty() && moved.isEmpty();
    }
  }

  /// A file to be renamed.
  ///
  /// @param digests by which it was proven equal
  record Moved(RelativeName name, Path from, FileDigests digests) {}
}
