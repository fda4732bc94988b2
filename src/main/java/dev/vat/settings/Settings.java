package dev.vat.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All settings with their origins (design, section 4). Loading never fails over a value: each
/// typed record ([S3Access], [CollabPlace] and so on) checks its own when it is asked for, so that
/// a command fails only over what it needs.
///
/// A blank value counts as not set, in every source.
public final class Settings {
  /// One source's values.
  private record Level(Map<Setting, SettingValue> values) {
    boolean hasCredentials() {
      return values.keySet().stream().anyMatch(Setting::credential);
    }
  }

  /// What a settings file holds that was not understood, with the file's name.
  public record FileWarning(Path file, EnvFile.Warning warning) {
    /// For users: `/…/.video-tools.env:3: …`.
    public String words() {
      return file + ":" + warning.line() + ": " + warning.message();
    }
  }

  private final SettingsSources sources;
  private final Map<Setting, SettingValue> values;

  private Settings(SettingsSources sources, Map<Setting, SettingValue> values) {
    this.sources = sources;
    this.values = values;
  }

  /// Puts the sources together: flag, environment, repository's file, user's file, default.
  /// Credentials all come from the highest source that has any of them.
  public static Settings load(SettingsSources sources) {
    List<Level> levels = new ArrayList<>();
    levels.add(level(sources.flags(), new Origin.Flag()));
    levels.add(environment(sources));
    sources.repositoryFile().ifPresent(file -> levels.add(file(file)));
    sources.userFile().ifPresent(file -> levels.add(file(file)));

    Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
    Optional<Level> credentials = levels.stream().filter(Level::hasCredentials).findFirst();
    for (Level level : levels) {
      boolean own = credentials.isPresent() && credentials.get() == level;
      level.values.forEach(
          (setting, value) -> {
            if (own || !setting.credential()) {
              values.putIfAbsent(setting, value);
            }
          });
    }
    for (Setting setting : Setting.values()) {
      setting
          .defaultText()
          .ifPresent(
              text ->
                  values.putIfAbsent(
                      setting, new SettingValue(setting, text, new Origin.Default())));
    }
    return new Settings(sources, values);
  }

  /// The value that holds, when there is one.
  public Optional<SettingValue> value(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  /// The value that must be there.
  ///
  /// @throws SettingsException when it is not
  public SettingValue required(Setting setting) {
    return value(setting).orElseThrow(() -> missing(setting));
  }

  /// Every value that holds, in the order of [Setting]: what `vat config` prints.
  public List<SettingValue> all() {
    return List.copyOf(values.values());
  }

  /// What the settings files hold that was not understood.
  public List<FileWarning> warnings() {
    List<FileWarning> all = new ArrayList<>();
    for (Optional<EnvFile> file : List.of(sources.repositoryFile(), sources.userFile())) {
      file.ifPresent(f -> f.warnings().forEach(w -> all.add(new FileWarning(f.path(), w))));
    }
    return all;
  }

  /// This computer.
  public Machine machine() {
    return sources.machine();
  }

  /// The complaint that a setting is missing, with the file it belongs in and an example line.
  SettingsException missing(Setting setting) {
    return new SettingsException(
        setting.key() + " is not set: " + setting.purpose() + ".", hint(setting));
  }

  /// The complaint that a value is wrong, with its file and line.
  ///
  /// @param problem what is wrong, as the end of a sentence; without the value when it is a secret
  SettingsException wrong(SettingValue value, String problem) {
    String hint =
        value.origin() instanceof Origin.Line(Path file, int _)
            ? hint(value.setting(), file.toString())
            : hint(value.setting());
    return new SettingsException(
        value.setting().key() + " is wrong (" + value.origin().words() + "): " + problem + ".",
        hint);
  }

  /// Where to set it, an example, and who needs it.
  String hint(Setting setting) {
    return hint(
        setting,
        sources
            .repositoryFile()
            .or(sources::userFile)
            .map(file -> file.path().toString())
            .orElse(".video-tools.env (\"vat init\" makes one)"));
  }

  private static String hint(Setting setting, String file) {
    String needed = setting.neededBy().isEmpty() ? "" : " Needed by: " + setting.neededBy() + ".";
    return "Put a line such as \"" + setting.exampleLine() + "\" into " + file + "." + needed;
  }

  @Override
  public String toString() {
    return all().toString();
  }

  private static Level level(Map<Setting, String> texts, Origin origin) {
    Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
    texts.forEach((setting, text) -> put(values, setting, text, origin));
    return new Level(values);
  }

  private static Level environment(SettingsSources sources) {
    Map<Setting, String> known = new TreeMap<>();
    for (Setting setting : Setting.values()) {
      String text = sources.environment().get(setting.key());
      if (text != null) {
        known.put(setting, text);
      }
    }
    return level(known, new Origin.Environment());
  }

  private static Level file(EnvFile file) {
    Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
    file.entries()
        .forEach(
            (setting, entry) ->
                put(values, setting, entry.value(), new Origin.Line(file.path(), entry.line())));
    return new Level(values);
  }

  private static void put(
      Map<Setting, SettingValue> values, Setting setting, String text, Origin origin) {
    if (!text.isBlank()) {
      values.put(setting, new SettingValue(setting, text.strip(), origin));
    }
  }
}
