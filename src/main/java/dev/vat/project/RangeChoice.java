package dev.vat.project;

import java.nio.file.Path;
import java.util.List;

/// Where a project's folder is, or belongs, in a place that has range folders.
public sealed interface RangeChoice {
  /// It is there.
  ///
  /// @param folder the project's, spelled as on the disk
  record Holds(Path folder) implements RangeChoice {}

  /// It is not there yet.
  ///
  /// @param folder where the project's would be; its range folder may have to be made
  record Free(Path folder) implements RangeChoice {}

  /// It is there more than once, and nobody guesses which one counts.
  ///
  /// @param folders two or more, sorted
  record Several(List<Path> folders) implements RangeChoice {
    public Several {
      folders = List.copyOf(folders);
    }
  }

  /// Its name, or that of its range folder, is taken by something else.
  ///
  /// @param path spelled as on the disk
  /// @param what a clause to follow the path
  record InTheWay(Path path, String what) implements RangeChoice {
    static InTheWay noFolder(Path path) {
      return new InTheWay(path, "is a link or a file, where a folder has to be");
    }

    /// On a drive that does not tell capital letters apart.
    static InTheWay otherCapitals(Path path, ProjectId id) {
      return new InTheWay(
          path,
          "has the name of "
              + id
              + " in other capital letters, and the drive does not tell these apart: if it is the"
              + " same project, give both folders one name");
    }
  }
}
