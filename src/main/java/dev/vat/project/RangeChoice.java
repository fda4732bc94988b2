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

  /// Its name, or that of its range folder, is taken by a link or a file.
  record InTheWay(Path path) implements RangeChoice {}
}
