package dev.vat.cli;

import dev.vat.lifecycle.ArchiveListing;
import dev.vat.lifecycle.CloudArchive;
import dev.vat.lifecycle.ProjectArchives;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The one archive of a project that a command is to read, or what to type so that it is clear.
///
/// @param access the archive place
/// @param command as typed, for what to type next: `vat restore`
record ChosenArchive(ArchiveAccess access, String command) {
  /// The code of the failure that S3 does not have the project.
  static final String NO_ARCHIVE = "no_archive";

  /// @param name of `--archive`, as typed
  /// @throws CommandFailure when there is none, it is another repository's, or it is not clear
  ///     which one is meant (usage)
  CloudArchive of(ArchiveListing listing, ProjectId project, Optional<String> name)
      throws IOException {
    return of(ProjectArchives.of(access.store(), listing, project, access.repo()), name);
  }

  /// The same for archives that were looked at already.
  CloudArchive of(ProjectArchives archives, Optional<String> name) {
    ProjectId project = archives.project();
    return switch (archives.choose(name)) {
      case ProjectArchives.Choice.One one -> told(one.archive());
      case ProjectArchives.Choice.None _ -> throw none(project);
      case ProjectArchives.Choice.NotOurs not -> throw notOurs(not.archive());
      case ProjectArchives.Choice.Several several -> throw several(project, several.archives());
      case ProjectArchives.Choice.Unknown unknown -> throw unknown(project, unknown);
    };
  }

  private CloudArchive told(CloudArchive archive) {
    if (archive.owner(access.repo()) == CloudArchive.Owner.UNSAID) {
      access
          .invocation()
          .console()
          .warning(
              Printable.of(access.address(archive.key()))
                  + " does not say whose it is; it is taken because its project was named.");
    }
    return archive;
  }

  private CommandFailure none(ProjectId project) {
    String id = Printable.of(project.value());
    return new CommandFailure(
        ExitCode.FAILED,
        NO_ARCHIVE,
        id
            + " has no archive in S3 ("
            + Printable.of(access.address(access.place().prefix()))
            + ")",
        "vat show " + id + " tells where else it is");
  }

  private CommandFailure notOurs(CloudArchive archive) {
    return new CommandFailure(
        ExitCode.CONFLICT,
        "not_ours",
        Printable.of(access.address(archive.key())) + " is " + ArchiveWords.whose(archive),
        "go to that repository's folder, or set S3_REPO_NAME if this repository was renamed");
  }

  private CommandFailure several(ProjectId project, List<CloudArchive> archives) {
    return new CommandFailure(
        ExitCode.USAGE,
        "several_archives",
        "S3 has "
            + Counts.of(archives.size(), "archive")
            + " of "
            + Printable.of(project.value())
            + ": "
            + list(archives),
        "say which: " + toType(project, name(archives.getFirst(), archives)));
  }

  private CommandFailure unknown(ProjectId project, ProjectArchives.Choice.Unknown unknown) {
    List<CloudArchive> there = unknown.archives();
    return new CommandFailure(
        ExitCode.USAGE,
        "unknown_archive",
        Printable.of(project.value())
            + " has no archive called "
            + Printable.of(unknown.name())
            + "; S3 has "
            + list(there),
        "write " + toType(project, name(there.getFirst(), there)));
  }

  private String toType(ProjectId project, String name) {
    return command
        + " "
        + Printable.of(ShellWord.of(project.value()))
        + " --archive "
        + Printable.of(ShellWord.of(name));
  }

  private static String list(List<CloudArchive> archives) {
    return archives.stream()
        .map(
            one ->
                Printable.of(name(one, archives))
                    + " ("
                    + Sizes.of(one.object().sizeBytes())
                    + ", stored "
                    + one.object().lastModified().toString().substring(0, 10)
                    + ", "
                    + Printable.of(one.object().storageClass().word())
                    + ")")
        .collect(Collectors.joining(", "));
  }

  /// What tells it from the others.
  private static String name(CloudArchive archive, List<CloudArchive> all) {
    boolean unique =
        all.stream().filter(other -> other.fileName().equals(archive.fileName())).count() == 1;
    return unique ? archive.fileName() : archive.key();
  }
}
