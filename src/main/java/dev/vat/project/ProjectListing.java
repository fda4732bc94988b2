package dev.vat.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What one look at a repository's folders found.
///
/// @param projects sorted by id, each id once
/// @param notProtected what is no project, sorted by path. Whether git ignores a project's folder
///     as a whole cannot be told without git and is not in here.
/// @param unlisted folders above projects that could not be listed; none in a complete listing
public record ProjectListing(
    List<Project> projects, List<Unprotected> notProtected, List<Path> unlisted) {
  public ProjectListing {
    projects = List.copyOf(projects);
    notProtected = List.copyOf(notProtected);
    unlisted = List.copyOf(unlisted);
  }

  /// The ids of all projects, sorted: what a short name is resolved against.
  public List<ProjectId> ids() {
    return projects.stream().map(Project::id).toList();
  }

  /// The project with exactly this id.
  public Optional<Project> find(ProjectId id) {
    return projects.stream().filter(project -> project.id().equals(id)).findFirst();
  }
}
