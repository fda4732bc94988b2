package dev.vat.project;

import java.nio.file.Path;
import java.util.Optional;

/// Where a project's folder is in its repository.
public sealed interface ProjectPlace {
  /// The project's folder, absolute.
  Path folder();

  /// Directly below the repository: an active project.
  record Flat(Path folder) implements ProjectPlace {}

  /// Below `archived/`: the light files of an archived project.
  ///
  /// @param range the range folder's name, for example `b00-b49`; empty for `archived/<id>`, where
  ///     named projects go
  record Grouped(Optional<String> range, Path folder) implements ProjectPlace {}
}
