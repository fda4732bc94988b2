package dev.vat.project;

import java.nio.file.Path;

/// A brand's folder: it holds the settings file, the projects, `archived/` and `projects.json`
/// (design, sections 2 and 3).
///
/// @param root absolute and normalised; links resolved when it was found by [RepositoryFinder]
/// @param folderName the last part of `root`, for example `v-appydave`
public record Repository(Path root, String folderName) {
  /// The file that makes a folder a repository.
  public static final String SETTINGS_FILE = ".video-tools.env";

  public Repository {
    if (!root.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + root);
    }
    if (folderName.isEmpty()) {
      throw new IllegalArgumentException("a repository needs a folder of its own: " + root);
    }
  }

  /// @throws IllegalArgumentException when `root` is relative, or is the top of a drive
  public static Repository of(Path root) {
    Path name = root.getFileName();
    return new Repository(root, name == null ? "" : name.toString());
  }

  /// `.video-tools.env` of this repository.
  public Path settingsFile() {
    return root.resolve(SETTINGS_FILE);
  }
}
