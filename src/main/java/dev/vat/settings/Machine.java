package dev.vat.settings;

import java.nio.file.Path;

/// What settings need to know of the computer and of who uses it.
///
/// @param home what `~` stands for, absolute
/// @param userName as the operating system calls the user; may be empty
/// @param windows whether paths are Windows' own
public record Machine(Path home, String userName, boolean windows) {
  public Machine {
    if (!home.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + home);
    }
  }

  /// `~/.config/vat/vat.env`: settings of this user for all repositories.
  public Path userSettingsFile() {
    return home.resolve(".config").resolve("vat").resolve("vat.env");
  }
}
