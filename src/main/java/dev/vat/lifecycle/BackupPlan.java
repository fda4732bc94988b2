package dev.vat.lifecycle;

import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;

/// What backing a project up would come to.
public sealed interface BackupPlan {
  ProjectId project();

  /// There is none in S3 yet, or another one is to be kept beside it.
  ///
  /// @param keys where it goes
  /// @param files of the content, without checksum histories
  /// @param bytes of these
  /// @param lightFiles how many of them go into the object with the light files
  /// @param lightBytes of these
  record Store(
      ProjectId project,
      CopySource source,
      ArchiveKeys keys,
      int files,
      long bytes,
      int lightFiles,
      long lightBytes)
      implements BackupPlan {}

  /// One is there that has the same files, by names and sizes: contents are compared, and what
  /// should lie beside it is made if it is missing.
  ///
  /// @param onlyThere files that S3 has and the folder has not, for example because a release was
  ///     cut
  record Compare(
      ProjectId project,
      CopySource source,
      StoredArchive archive,
      SortedSet<RelativeName> onlyThere)
      implements BackupPlan {
    public Compare {
      onlyThere = Collections.unmodifiableSortedSet(onlyThere);
    }
  }

  /// It is in S3 alone.
  record OnlyThere(ProjectId project, StoredArchive archive) implements BackupPlan {}

  /// It cannot be; nothing was changed.
  ///
  /// @param message a sentence for users
  /// @param details more of it, one by one
  /// @param remedy what to do
  record Refused(
      ProjectId project, Reason reason, String message, List<String> details, String remedy)
      implements BackupPlan {
    public Refused {
      details = List.copyOf(details);
    }
  }

  /// Why not.
  enum Reason {
    /// No whole folder of the project can be reached.
    NO_SOURCE,
    /// Several can, and each has files that the other lacks.
    UNCLEAR_SOURCE,
    /// S3 has another content under its key.
    CONFLICT,
    /// The key is another repository's, or nobody's.
    NOT_OURS,
    /// Files are open, or still being written.
    NOT_YET,
    /// Something in it cannot be read or named, or it is too big.
    NOT_POSSIBLE
  }
}
