package dev.vat.state;

import dev.vat.project.ProjectId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/// One changing operation per project and machine (design 7.13).
///
/// The lock is an operating system's lock on `.vat/locks/ID.lock`, taken as an exclusive
/// transaction of SQLite on that (empty) file. The system releases it when the process ends in any
/// way, so no crash leaves it behind; the file itself stays, because deleting it would let two have
/// "the" lock.
///
/// Why SQLite and not the JDK's file lock: on Linux and macOS a process loses its lock when any
/// channel to the file is closed anywhere in it, so that a refused second take would free the
/// first. SQLite keeps account of that.
public final class ProjectLock implements AutoCloseable {
  private static final int LONGEST_NAME = 200;

  private final Connection connection;
  private final Path holder;

  private ProjectLock(Connection connection, Path holder) {
    this.connection = connection;
    this.holder = holder;
  }

  /// Takes the lock or fails at once.
  ///
  /// @param vatDir the repository's `.vat` folder, created when missing
  /// @param what the command, for the message that others get, for example `vat up`
  /// @throws BusyException when another process, or another part of this one, has it
  /// @throws StateException when it cannot be told
  public static ProjectLock take(Path vatDir, ProjectId project, String what, InstantSource clock)
      throws IOException {
    return take(vatDir, fileName(project), project.value(), what, clock);
  }

  /// The same for the manifest, `projects.json`: of two that change it, the second reads what the
  /// first has written.
  public static ProjectLock takeManifest(Path vatDir, String what, InstantSource clock)
      throws IOException {
    // No project's id begins with a dot.
    return take(vatDir, ".manifest", "projects.json", what, clock);
  }

  private static ProjectLock take(
      Path vatDir, String name, String subject, String what, InstantSource clock)
      throws IOException {
    State.prepare(vatDir);
    Path folder = Files.createDirectories(vatDir.resolve("locks").toAbsolutePath());
    Path file = folder.resolve(name + ".lock");
    Path holder = folder.resolve(name + ".holder");
    Connection connection = lock(file, subject, holder);
    try {
      Files.writeString(
          holder,
          "\"%s\" (process %d) since %s"
              .formatted(
                  what.replaceAll("\\p{Cntrl}", " "),
                  ProcessHandle.current().pid(),
                  clock.instant().truncatedTo(ChronoUnit.SECONDS)));
      return new ProjectLock(connection, holder);
    } catch (IOException | RuntimeException fault) {
      release(connection, file);
      throw fault;
    }
  }

  private static Connection lock(Path file, String subject, Path holder) throws IOException {
    Connection connection = null;
    try {
      connection = StateFile.connectTo(StateFile.uri(file, ""), 0);
      Database.execute(connection, "BEGIN EXCLUSIVE");
      return connection;
    } catch (SQLException fault) {
      if (connection != null) {
        release(connection, file);
      }
      if (Database.busy(fault)) {
        throw new BusyException(subject, holderIn(holder));
      }
      throw new StateException(
          "the lock " + file + " cannot be taken: " + fault.getMessage(), fault);
    }
  }

  /// Who has it, as far as that can be told: the other may have taken it this very moment.
  private static String holderIn(Path holder) throws IOException {
    try {
      String text = Files.readString(holder);
      return text.isEmpty() ? "another command" : text;
    } catch (NoSuchFileException notYet) {
      return "another command";
    }
  }

  private static void release(Connection connection, Path file) throws StateException {
    try {
      connection.close();
    } catch (SQLException fault) {
      throw new StateException(
          "the lock " + file + " cannot be released: " + fault.getMessage(), fault);
    }
  }

  /// The project's id, which is a file's name already; a very long one leaves no room for the
  /// ending.
  private static String fileName(ProjectId project) {
    byte[] bytes = project.value().getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LONGEST_NAME) {
      return project.value();
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "long-" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  /// Releases the lock. Closing again does nothing.
  @Override
  public void close() throws IOException {
    try {
      if (!connection.isClosed()) {
        // While it is still ours: afterwards it may already tell of the next one.
        Files.writeString(holder, "");
      }
    } catch (SQLException fault) {
      throw new StateException("the lock cannot be released: " + fault.getMessage(), fault);
    } finally {
      release(connection, holder);
    }
  }
}
