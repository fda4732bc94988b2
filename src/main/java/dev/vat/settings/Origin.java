package dev.vat.settings;

import java.nio.file.Path;

/// Where a setting's value comes from.
public sealed interface Origin {
  /// For users: `/…/.video-tools.env:3`.
  String words();

  /// Given on the command line.
  record Flag() implements Origin {
    @Override
    public String words() {
      return "command line";
    }
  }

  /// Set in the environment.
  record Environment() implements Origin {
    @Override
    public String words() {
      return "environment";
    }
  }

  /// Set in a settings file.
  ///
  /// @param line counted from 1
  record Line(Path file, int line) implements Origin {
    @Override
    public String words() {
      return file + ":" + line;
    }
  }

  /// Not set by anybody.
  record Default() implements Origin {
    @Override
    public String words() {
      return "default";
    }
  }
}
