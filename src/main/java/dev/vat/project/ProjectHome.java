package dev.vat.project;

import java.nio.file.Path;
import java.util.List;

/// Where the files of a project that is being worked on are, or would be, in its repository.
public sealed interface ProjectHome {
  /// The name of a project's folder that is shared with the team.
  String STAGING = "s3-staging";

  /// Directly below the repository, spelled as on the disk.
  record Active(Path folder) implements ProjectHome {}

  /// Nowhere yet: it is known from elsewhere.
  ///
  /// @param folder where it would be
  record None(Path folder) implements ProjectHome {}

  /// Only below `archived/`: it is not being worked on, and gets no second folder unasked.
  ///
  /// @param folders one or more
  record Archived(List<Path> folders) implements ProjectHome {
    public Archived {
      folders = List.copyOf(folders);
    }
  }

  /// There, but nobody can tell whether it is the project's folder: a link, a file, or several that
  /// differ only in how accents are stored.
  ///
  /// @param why in words for users
  record Unclear(String why) implements ProjectHome {}
}
