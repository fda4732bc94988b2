package dev.vat.cli;

import dev.vat.lifecycle.ReleasingFolder;
import dev.vat.project.ProjectHome;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import dev.vat.project.Repository;
import dev.vat.project.RepositoryFinder;
import dev.vat.settings.Machine;
import dev.vat.settings.Setting;
import dev.vat.settings.Settings;
import dev.vat.settings.SettingsSources;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The repository that the working folder belongs to, and its settings.
record CurrentRepository(Repository repository, Settings settings) {
  /// Reads it, and tells about lines of the settings files that were not understood.
  ///
  /// @throws CommandFailure when the working folder is in no repository
  static CurrentRepository require(Invocation invocation) throws IOException {
    return of(invocation, around(invocation));
  }

  /// Reads the settings of that repository.
  static CurrentRepository of(Invocation invocation, Repository repository) {
    Settings settings = settings(invocation, Optional.of(repository), Map.of());
    settings.warnings().forEach(w -> invocation.console().warning(Printable.of(w.words())));
    return new CurrentRepository(repository, settings);
  }

  /// The one that the working folder belongs to.
  private static Repository around(Invocation invocation) throws IOException {
    return find(invocation)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "no_repository",
                    "this folder is in no repository: neither "
                        + invocation.surroundings().folder()
                        + " nor a folder above it holds "
                        + Repository.SETTINGS_FILE,
                    "go to the brand's folder, or set this one up with: vat init"));
  }

  /// Every repository in the folder that holds this one, by name; with this one.
  ///
  /// @throws CommandFailure when the working folder is in no repository
  static List<Repository> allBeside(Invocation invocation) throws IOException {
    return RepositoryFinder.beside(around(invocation));
  }

  /// Where vat keeps its own notes of the repository.
  Path stateFolder() {
    return repository.root().resolve(".vat");
  }

  /// The project's `s3-staging/`, spelled as on the disk; it need not exist.
  ///
  /// @throws CommandFailure (usage) when the project is archived, or nobody can tell which its
  ///     folder is
  Path stagingFolder(ProjectId project) throws IOException {
    Path folder =
        switch (new Projects(repository).homeOf(project)) {
          case ProjectHome.Active active -> active.folder();
          case ProjectHome.None none -> none.folder();
          case ProjectHome.Archived archived -> throw archived(project, archived.folders());
          case ProjectHome.Unclear unclear ->
              throw CommandFailure.usage(
                  Printable.of(unclear.why()),
                  "leave one real folder with that name; nothing was changed");
        };
    return folder.resolve(ProjectHome.STAGING);
  }

  private CommandFailure archived(ProjectId project, List<Path> folders) {
    String where =
        folders.stream()
            .map(folder -> repository.root().relativize(folder).toString())
            .map(Printable::of)
            .collect(Collectors.joining(", "));
    return new CommandFailure(
        ExitCode.USAGE,
        "archived_project",
        Printable.of(project.value()) + " is archived: its folder here is " + where,
        "to share files of it, move that folder back to " + repository.root() + " first");
  }

  /// Alone with a project on this computer, until it is closed. What a release that was cut had
  /// taken aside is back then.
  ///
  /// @param what the command's name, told to whoever finds the project locked
  ProjectLock lock(Invocation invocation, ProjectId project, String what) throws IOException {
    InstantSource clock = invocation.surroundings().clock();
    ProjectLock lock = ProjectLock.take(stateFolder(), project, what, clock);
    try {
      for (ReleasingFolder.BroughtBack back :
          ReleasingFolder.of(repository.root(), clock).bringBack(project)) {
        invocation
            .console()
            .note(
                "An earlier run was cut before it deleted this; it is back: "
                    + Printable.of(repository.root().relativize(back.place()).toString()));
      }
      return lock;
    } catch (IOException | RuntimeException | Error fault) {
      lock.close();
      throw fault;
    }
  }

  /// Empty when the working folder is in none.
  static Optional<Repository> find(Invocation invocation) throws IOException {
    Surroundings surroundings = invocation.surroundings();
    return new RepositoryFinder(surroundings.home()).from(surroundings.folder());
  }

  /// Reads the settings, and has their secrets masked in whatever may go wrong from here on.
  ///
  /// @param flags what was given on the command line
  static Settings settings(
      Invocation invocation, Optional<Repository> repository, Map<Setting, String> flags) {
    Settings settings =
        Settings.load(
            SettingsSources.read(
                flags,
                invocation.surroundings().environment(),
                repository.map(Repository::settingsFile),
                machine(invocation.surroundings())));
    settings.all().stream()
        .filter(value -> value.setting().secret())
        .forEach(value -> invocation.console().redaction().hide(value.text()));
    return settings;
  }

  static Machine machine(Surroundings surroundings) {
    return new Machine(
        surroundings.home(),
        surroundings.userName(),
        surroundings.system() == OperatingSystem.WINDOWS);
  }
}
