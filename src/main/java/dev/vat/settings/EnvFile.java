package dev.vat.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A settings file: `KEY=value` lines.
///
/// @param path where it is; it need not be there any more
/// @param entries the last line of each known setting, empty values included
/// @param warnings what was not understood, by line; never with a value in it, for it may be a
///     secret
public record EnvFile(Path path, Map<Setting, Entry> entries, List<Warning> warnings) {
  private static final int MAX_BYTES = 1_000_000;

  /// One line's value.
  ///
  /// @param value without quotes
  /// @param line counted from 1
  public record Entry(String value, int line) {
    @Override
    public String toString() {
      return "line " + line;
    }
  }

  /// A line that was not taken, or not as it may have been meant.
  ///
  /// @param line counted from 1
  /// @param message in words for users
  public record Warning(int line, String message) {}

  public EnvFile {
    Map<Setting, Entry> sorted = new EnumMap<>(Setting.class);
    sorted.putAll(entries);
    entries = Collections.unmodifiableMap(sorted);
    warnings = List.copyOf(warnings);
  }

  /// Reads any text; what cannot be understood becomes a warning.
  public static EnvFile parse(Path path, String text) {
    return new EnvFileParser(path).parse(text);
  }

  /// Reads a file.
  ///
  /// @return empty when there is no such file
  /// @throws SettingsException when there is one and it cannot be read, or is far too big for
  ///     settings
  static Optional<EnvFile> read(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new SettingsException(
            path + " is no settings file: it is bigger than 1 MB",
            "Make a new one with \"vat init\".");
      }
      return Optional.of(parse(path, new String(bytes, StandardCharsets.UTF_8)));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new SettingsException(
          "The settings file " + path + " cannot be read: " + failed,
          "Check that it is a file, and that you may read it.",
          failed);
    }
  }
}
