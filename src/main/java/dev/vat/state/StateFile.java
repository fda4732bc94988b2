package dev.vat.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/// Opens `.vat/state.db`, and begins a new one in the place of one that is damaged.
final class StateFile {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd_HHmmssX", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path file;
  private final Path suspect;
  private final InstantSource clock;

  StateFile(Path vatDir, InstantSource clock) {
    this.file = vatDir.resolve("state.db");
    this.suspect = vatDir.resolve("state.db.suspect");
    this.clock = clock;
  }

  record Opened(Database database, Optional<String> remark) {}

  Opened open() throws IOException {
    Optional<String> remark = Optional.empty();
    if (Files.exists(suspect)) {
      remark = putAside();
    }
    try {
      return new Opened(connect(), remark);
    } catch (SQLException fault) {
      if (!Database.damaged(fault)) {
        throw unusable(fault);
      }
      noteDamage();
    }
    remark = putAside();
    try {
      return new Opened(connect(), remark);
    } catch (SQLException fault) {
      throw unusable(fault);
    }
  }

  private Database connect() throws SQLException, StateException {
    Connection connection = connectTo(uri(file, ""), Database.BUSY.toMillis());
    Database database = new Database(connection, file.toString(), this::noteDamage);
    try {
      int version = Schema.versionOf(connection, "main");
      if (version > Schema.VERSION) {
        throw new StateException(
            file
                + " was written by a newer vat. Update vat on this computer, or delete "
                + file.getParent()
                + " (it is a cache; only time is lost).",
            null);
      }
      if (version < Schema.VERSION) {
        // Kept in the file: asked for once, while it is new.
        database.alone("PRAGMA journal_mode = WAL");
        database.write(Schema::migrate);
      }
      return database;
    } catch (SQLException | StateException | RuntimeException fault) {
      connection.close();
      if (fault instanceof StateException && fault.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw fault;
    }
  }

  static Connection connectTo(String url, long busyMillis) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) busyMillis);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.enforceForeignKeys(true);
    Properties properties = config.toProperties();
    Connection connection = new JDBC().connect(url, properties);
    if (connection == null) {
      throw new SQLException("not an address of SQLite: " + url);
    }
    return connection;
  }

  /// As a URI, because in plain paths `?` and `%` have a meaning for the driver or for SQLite.
  static String uri(Path file, String parameters) {
    return "jdbc:sqlite:" + file.toUri() + parameters;
  }

  /// Leaves a note for the next [#open()], which nobody then uses the file at the same time as.
  private void noteDamage() {
    try {
      Files.createFile(suspect);
    } catch (IOException noted) {
      // There already, or the disk takes nothing: then the next open finds the damage itself.
      return;
    }
  }

  /// Renames the three files of the database; a journal left behind would be applied to the new
  /// one.
  private Optional<String> putAside() throws IOException {
    Path guard = file.resolveSibling("state.db.opening");
    try (Connection held = connectTo(uri(guard, ""), Database.BUSY.toMillis())) {
      Database.execute(held, "BEGIN EXCLUSIVE");
      return Files.exists(suspect) ? renamed() : Optional.empty(); // or another process was faster
    } catch (SQLException fault) {
      throw unusable(fault);
    }
  }

  private Optional<String> renamed() throws IOException {
    String damaged = "state.db.damaged-" + TIME.format(clock.instant());
    for (String part : new String[] {"-wal", "-shm", ""}) {
      try {
        // Twice in one second: the last one is enough to look into what went wrong.
        Files.move(
            file.resolveSibling("state.db" + part),
            file.resolveSibling(damaged + part),
            StandardCopyOption.REPLACE_EXISTING);
      } catch (NoSuchFileException none) {
        continue;
      }
    }
    Files.delete(suspect);
    return Optional.of(
        "vat's notes in "
            + file
            + " were damaged. They were put aside as "
            + damaged
            + " and new ones begun: files will be read again, nothing is lost.");
  }

  private StateException unusable(SQLException fault) {
    return new StateException(
        file
            + " cannot be opened: "
            + fault.getMessage()
            + ". Is the disk full or write-protected? The folder may be deleted: it is a cache.",
        fault);
  }
}
