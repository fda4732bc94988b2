package dev.vat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// SQLite's native part, as the build has unpacked it beside the program. Without it the driver
/// unpacks its own at each start, asks `uname` first, and leaves a file behind when it is killed.
final class UnpackedSqlite {
  private static final String PATH = "org.sqlite.lib.path";

  private UnpackedSqlite() {}

  /// Tells the driver where it is, if it is there and nobody told it another place. One that this
  /// system cannot load is no harm: the driver then unpacks its own.
  static void use() {
    // As the launchers start it, that is the jar alone.
    String program = System.getProperty("java.class.path", "");
    if (System.getProperty(PATH) != null
        || !program.endsWith(".jar")
        || program.contains(File.pathSeparator)) {
      return;
    }
    try {
      Path unpacked = Path.of(program.substring(0, program.length() - 4) + ".native");
      if (Files.isDirectory(unpacked)) {
        System.setProperty(PATH, unpacked.toAbsolutePath().toString());
      }
    } catch (InvalidPathException notStartedByUs) {
      return;
    }
  }
}
