package dev.vat.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// The system's own call that renames and refuses to replace, in one step.
interface NoReplaceRename {
  /// What the call answered.
  enum Answer {
    /// The file has its new name.
    DONE,
    /// Something has the new name already; nothing was changed.
    TAKEN,
    /// This system or file system has no such call; nothing was changed.
    UNSUPPORTED
  }

  /// @throws AcrossFileSystemsException when the two are not on one file system
  /// @throws IOException for any other reason, with the system's own words; nothing was changed
  Answer rename(Path source, Path target) throws IOException;

  /// The one of this system; on an unknown system one that says it is unsupported.
  static NoReplaceRename ofThisSystem() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.startsWith("linux")) {
      return new LinuxRename();
    }
    if (system.startsWith("mac")) {
      return new MacRename();
    }
    if (system.startsWith("windows")) {
      return new WindowsRename();
    }
    return (source, target) -> Answer.UNSUPPORTED;
  }
}
