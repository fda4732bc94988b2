package dev.vat.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the repository that a folder belongs to: the nearest folder at or above it that holds
/// `.video-tools.env`.
public final class RepositoryFinder {
  private final Path home;

  /// @param home what a leading `~` stands for
  public RepositoryFinder(Path home) {
    this.home = home.toAbsolutePath().normalize();
  }

  /// Looks at the folder as it was written first, then, when that finds nothing, at where its links
  /// lead: somebody inside a linked project folder still is in the repository that they see.
  ///
  /// @param folder may begin with `~`, be relative to the working folder, and need not exist
  /// @return the repository with its links resolved, so that it is the same one (and has the same
  ///     lock and name) by whatever way it was reached; empty when no folder holds a settings file
  /// @throws IOException when the folder that was found cannot be resolved
  public Optional<Repository> from(Path folder) throws IOException {
    Path written = expanded(folder).toAbsolutePath().normalize();
    Optional<Path> found = nearest(written);
    if (found.isEmpty() && Files.exists(written)) {
      found = nearest(written.toRealPath());
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(Repository.of(found.get().toRealPath()));
  }

  /// A repository and every other one in the folder above it. Links are not followed: where they
  /// lead there may be the same one again.
  ///
  /// @return sorted by name; with the repository itself
  /// @throws IOException when the folder above cannot be listed: a failed listing is never an empty
  ///     one
  public static List<Repository> beside(Repository repository) throws IOException {
    List<Repository> all = new ArrayList<>();
    for (FolderListing.Entry entry : FolderListing.complete(repository.root().getParent())) {
      if (entry.isFolder() && Files.isRegularFile(entry.path().resolve(Repository.SETTINGS_FILE))) {
        all.add(Repository.of(entry.path()));
      }
    }
    return all;
  }

  private Path expanded(Path folder) {
    if (folder.isAbsolute() || !folder.getName(0).toString().equals("~")) {
      return folder;
    }
    return folder.getNameCount() == 1
        ? home
        : home.resolve(folder.subpath(1, folder.getNameCount()));
  }

  private static Optional<Path> nearest(Path folder) {
    for (Path at = folder; at != null && at.getFileName() != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve(Repository.SETTINGS_FILE))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }
}
