package dev.vat.project;

import java.util.Set;

/// Folders of one place that could not be listed: nobody can tell what is in them now.
///
/// @param paths below the place, with `/` between folders
public record UnreadFolders(Set<String> paths) {
  public UnreadFolders {
    paths = Set.copyOf(paths);
  }

  /// Every folder could be listed.
  public static UnreadFolders none() {
    return new UnreadFolders(Set.of());
  }

  /// Whether a folder is one of them, or below one.
  ///
  /// @param path as `paths` are
  public boolean cover(String path) {
    String at = path;
    for (int slash = at.length(); slash >= 0; slash = at.lastIndexOf('/')) {
      at = at.substring(0, slash);
      if (paths.contains(at)) {
        return true;
      }
    }
    return false;
  }
}
