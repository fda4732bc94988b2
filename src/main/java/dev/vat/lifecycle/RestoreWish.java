package dev.vat.lifecycle;

import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.nio.file.Path;
import java.util.List;

/// What is to be restored, and where.
///
/// @param target the folder that the project gets, or has; names of the project are below it
/// @param lightFolders folders here with light files of the project, which move when they are
///     proven equal
/// @param part which files
public record RestoreWish(ProjectId project, Path target, List<Path> lightFolders, Part part) {
  public RestoreWish {
    lightFolders = List.copyOf(lightFolders);
  }

  /// Which files of the archive.
  public sealed interface Part {
    /// All of them.
    record Whole() implements Part {}

    /// Light files.
    record Light() implements Part {}

    /// Files of these names, and what is below folders of these names.
    record Named(List<RelativeName> names) implements Part {
      public Named {
        names = List.copyOf(names);
      }
    }
  }
}
