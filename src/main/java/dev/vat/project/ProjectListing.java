package dev.vat.project;

import java.util.List;
import java.util.Optional;

/// What one look at a repository's folders found.
///
/// @param projects sorted by id, each id once
/// @param notProtected what is no project, sorted by path. Whether git ignores a project's folder
///     as a whole cannot be told without git and is not in here.
public record ProjectListing(List<Project> projects, List<Unprotected> notProtected) {
  public ProjectListing {
    projects = List.copyOf(projects);
    notProtected = List.copyOf(notProtected);
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
