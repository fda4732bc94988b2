package dev.vat.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where settings come from, the highest first: command line, environment, the repository's file,
/// the user's file.
///
/// @param flags what was given on the command line
/// @param environment all of it; only known keys are looked at
/// @param repositoryFile `.video-tools.env`, when there is a repository
/// @param userFile `~/.config/vat/vat.env`, when it exists
/// @param machine this computer
public record SettingsSources(
    Map<Setting, String> flags,
    Map<String, String> environment,
    Optional<EnvFile> repositoryFile,
    Optional<EnvFile> userFile,
    Machine machine) {
  public SettingsSources {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  /// Reads the files.
  ///
  /// @param repositoryFile where `.video-tools.env` is, when there is a repository
  /// @throws SettingsException when a file exists and cannot be read
  public static SettingsSources read(
      Map<Setting, String> flags,
      Map<String, String> environment,
      Optional<Path> repositoryFile,
      Machine machine) {
    return new SettingsSources(
        flags,
        environment,
        repositoryFile.flatMap(EnvFile::read),
        EnvFile.read(machine.userSettingsFile()),
        machine);
  }

  /// Without values: they may be secrets.
  @Override
  public String toString() {
    return "SettingsSources[" + repositoryFile.map(EnvFile::path) + "]";
  }
}
