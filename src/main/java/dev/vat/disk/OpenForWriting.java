package dev.vat.disk;

import dev.vat.project.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which of some files other programs had open for writing at one moment.
///
/// A snapshot, and not the only guard: programs of other users may not be visible, programs on
/// other computers never are, and some programs close the file between two writes.
public final class OpenForWriting {
  private final Map<Path, String> writers;
  private final Optional<String> remark;

  private OpenForWriting(Map<Path, String> writers, Optional<String> remark) {
    this.writers = Map.copyOf(writers);
    this.remark = remark;
  }

  /// How one system is asked.
  interface Look {
    /// @return the files that are open for writing elsewhere, and in which program
    /// @throws IOException when the system does not tell
    Map<Path, String> at(Collection<FileStamp> files) throws IOException;
  }

  /// Asks the system, once for all the files.
  ///
  /// Linux: `/proc`, milliseconds. macOS: `lsof`, about a second, 15 at most. Windows: each file is
  /// opened for a moment in a way that fails while somebody has it open for writing, this program
  /// itself included. Elsewhere nothing is known, which [#remark()] says.
  public static OpenForWriting look(Collection<FileStamp> files) {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.startsWith("linux")) {
      return look(files, new ProcLook(Path.of("/proc")));
    }
    if (system.startsWith("mac")) {
      return look(files, new LsofLook(List.of("/usr/sbin/lsof"), Duration.ofSeconds(15)));
    }
    if (system.startsWith("windows")) {
      return look(files, new SharingLook());
    }
    return unknown("whether other programs have files open is not known on this system");
  }

  /// Nothing was found out.
  ///
  /// @param remark why, in words for users
  public static OpenForWriting unknown(String remark) {
    return new OpenForWriting(Map.of(), Optional.of(remark));
  }

  static OpenForWriting look(Collection<FileStamp> files, Look system) {
    if (files.isEmpty()) {
      return new OpenForWriting(Map.of(), Optional.empty());
    }
    try {
      return new OpenForWriting(system.at(files), Optional.empty());
    } catch (IOException unknown) {
      return unknown(
          "whether other programs have files open could not be told: " + unknown.getMessage());
    }
  }

  /// In which other program the file was open for writing, in words for users; empty when in none.
  public Optional<String> writerOf(FileStamp file) {
    return Optional.ofNullable(writers.get(file.path()));
  }

  /// What to tell the user when the system could not be asked.
  public Optional<String> remark() {
    return remark;
  }
}
