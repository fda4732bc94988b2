package dev.vat.lifecycle;

import dev.vat.project.Project;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectPlace;
import dev.vat.project.Projects;
import dev.vat.project.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A project's folder at one of its places.
///
/// @param folder absolute
/// @param drive which drive it is on; empty for those in the repository
public record CopyFolder(
    ProjectId project, Kind kind, Path folder, Optional<Located.Readable> drive) {
  /// What kind of place.
  public enum Kind {
    /// Directly in the repository: an active project.
    FLAT,
    /// Below `archived/`: light files.
    ARCHIVED,
    /// On a drive.
    SSD
  }

  public CopyFolder {
    if (drive.isPresent() != (kind == Kind.SSD)) {
      throw new IllegalArgumentException(folder + " on " + drive);
    }
  }

  /// Every project's folders, by project, those in the repository first.
  ///
  /// @param drives those that may be looked at
  /// @throws IOException when a folder that must be listed cannot be: a failed listing is never an
  ///     empty one
  public static List<CopyFolder> all(Repository repository, List<? extends Located.Readable> drives)
      throws IOException {
    List<CopyFolder> all = new ArrayList<>();
    for (Project project : new Projects(repository).list().projects()) {
      for (ProjectPlace place : project.places()) {
        Kind kind = place instanceof ProjectPlace.Flat ? Kind.FLAT : Kind.ARCHIVED;
        all.add(new CopyFolder(project.id(), kind, place.folder(), Optional.empty()));
      }
    }
    for (Located.Readable drive : drives) {
      for (Project project : Projects.onDrive(drive.base()).projects()) {
        for (ProjectPlace place : project.places()) {
          all.add(new CopyFolder(project.id(), Kind.SSD, place.folder(), Optional.of(drive)));
        }
      }
    }
    all.sort(Comparator.comparing(CopyFolder::project));
    return all;
  }

  /// Relative to the repository or to the drive's base folder, with `/`.
  public String path(Repository repository) {
    Path base = drive.map(Located.Readable::base).orElse(repository.root());
    return base.relativize(folder).toString().replace('\\', '/');
  }
}
