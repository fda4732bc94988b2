package dev.vat.lifecycle;

import dev.vat.disk.FreeSpace;
import dev.vat.project.ProjectId;
import java.nio.file.Path;
import java.util.List;

/// What copying a project to a drive would come to.
public sealed interface DriveCopyPlan {
  /// It can begin.
  ///
  /// @param others every folder of the project that can be reached, for what their histories say
  /// @param target the project's folder on the drive
  /// @param exists whether the target is there already: it is compared, and what it lacks is added
  /// @param missingFiles how many files are not there yet, by name and size
  /// @param missingBytes of these
  /// @param space what that leaves
  record Ready(
      ProjectId id,
      CopySource source,
      List<Path> others,
      Located.Connected drive,
      Path target,
      boolean exists,
      int missingFiles,
      long missingBytes,
      FreeSpace space)
      implements DriveCopyPlan {}

  /// It cannot; nothing was changed.
  ///
  /// @param message a clause for users
  /// @param details more of it, one by one
  /// @param remedy what to do
  record Refused(Reason reason, String message, List<String> details, String remedy)
      implements DriveCopyPlan {
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
    /// Something in it cannot be read or named.
    NOT_COPYABLE,
    /// It does not fit.
    NO_SPACE,
    /// Something else is where it would go.
    IN_THE_WAY
  }
}
