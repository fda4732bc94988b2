package dev.vat.cli;

import dev.vat.project.Repository;
import dev.vat.project.RepositoryFinder;
import dev.vat.settings.AccessKeys;
import dev.vat.settings.Machine;
import dev.vat.settings.S3Access;
import dev.vat.settings.Settings;
import dev.vat.settings.SettingsSources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The repository that a command works in, with its settings.
record RepositoryContext(Repository repository, Settings settings) {
  /// Looks from the working folder upwards.
  ///
  /// @throws CommandFailure (usage) when there is none
  static RepositoryContext find(Invocation invocation) throws IOException {
    Surroundings surroundings = invocation.surroundings();
    Repository repository =
        new RepositoryFinder(surroundings.home())
            .from(surroundings.folder())
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.USAGE,
                        "no_repository",
                        "there is no repository here: neither "
                            + surroundings.folder()
                            + " nor a folder above it holds "
                            + Repository.SETTINGS_FILE,
                        "go to your brand's folder (cd v-appydave), or make one of this folder with"
                            + " vat init"));
    return new RepositoryContext(
        repository, settings(invocation, Optional.of(repository.settingsFile())));
  }

  /// Reads the settings; whatever is secret in them is masked in all output from then on.
  static Settings settings(Invocation invocation, Optional<Path> repositoryFile) {
    Surroundings surroundings = invocation.surroundings();
    Machine machine =
        new Machine(
            surroundings.home(),
            surroundings.userName(),
            surroundings.system() == OperatingSystem.WINDOWS);
    Settings settings =
        Settings.load(
            SettingsSources.read(Map.of(), surroundings.environment(), repositoryFile, machine));
    settings.all().stream()
        .filter(value -> value.setting().secret())
        .forEach(value -> invocation.console().redaction().hide(value.text()));
    return settings;
  }

  /// How to reach S3.
  S3Access access(Invocation invocation) {
    S3Access access = S3Access.of(settings);
    access.keys().map(AccessKeys::secretKey).ifPresent(invocation.console().redaction()::hide);
    return access;
  }

  /// Where vat keeps its own state of this repository.
  Path stateFolder() {
    return repository.root().resolve(".vat");
  }
}
