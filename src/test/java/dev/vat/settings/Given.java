package dev.vat.settings;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Settings as a test has them, from texts instead of files.
final class Given {
  final Map<Setting, String> flags = new EnumMap<>(Setting.class);
  final Map<String, String> environment = new HashMap<>();
  private Optional<EnvFile> repository = Optional.empty();
  private Optional<EnvFile> user = Optional.empty();
  private Machine machine = new Machine(Path.of("/home/jan"), "jan", false);

  void repository(String text) {
    repository = Optional.of(EnvFile.parse(Path.of("/brand/.video-tools.env"), text));
  }

  void user(String text) {
    user = Optional.of(EnvFile.parse(machine.userSettingsFile(), text));
  }

  void systemUser(String name) {
    machine = new Machine(machine.home(), name, machine.windows());
  }

  SettingsSources sources() {
    return new SettingsSources(flags, environment, repository, user, machine);
  }

  Settings load() {
    return Settings.load(sources());
  }
}
