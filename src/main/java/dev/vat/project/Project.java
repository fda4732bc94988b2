package dev.vat.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A project that has at least one folder in the repository.
///
/// @param places all folders with this id; the active one, if there is one, comes first
public record Project(ProjectId id, ProjectKind kind, List<ProjectPlace> places) {
  public Project {
    places = List.copyOf(places);
    if (places.isEmpty()) {
      throw new IllegalArgumentException("a project without a folder: " + id);
    }
  }

  /// The folder directly below the repository; empty when only an archived one exists.
  public Optional<Path> activeFolder() {
    return places.getFirst() instanceof ProjectPlace.Flat(Path folder)
        ? Optional.of(folder)
        : Optional.empty();
  }
}
