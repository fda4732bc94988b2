package dev.vat.index;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Opens `.vat/index.db`.
final class IndexDatabase {
  private static final int VERSION = 2;
  private static final int BUSY_MILLIS = 10_000;

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE places (
            id INTEGER PRIMARY KEY, project TEXT NOT NULL, kind TEXT NOT NULL, drive TEXT NOT NULL,
            path TEXT NOT NULL, folded TEXT NOT NULL, fingerprint TEXT NOT NULL,
            present INTEGER NOT NULL, seen_s INTEGER NOT NULL,
            UNIQUE (project, kind, drive, path)
          )""",
          // A text once, wherever it lies; deflated.
          """
          CREATE TABLE texts (
            id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, length INTEGER NOT NULL,
            body BLOB NOT NULL
          )""",
          """
          CREATE TABLE files (
            place INTEGER NOT NULL REFERENCES places (id), name TEXT NOT NULL,
            folded TEXT NOT NULL, size INTEGER NOT NULL, modified_s INTEGER NOT NULL,
            modified_ns INTEGER NOT NULL, text INTEGER REFERENCES texts (id),
            duration_ms INTEGER, width INTEGER, height INTEGER, codec TEXT, run INTEGER NOT NULL,
            sha256 BLOB, PRIMARY KEY (place, name)
          ) WITHOUT ROWID""",
          "CREATE INDEX files_text ON files (text) WHERE text IS NOT NULL",
          // The words alone, folded: the text to show is in the table above. Marks are letters,
          // because Thai and others write vowels with them.
          """
          CREATE VIRTUAL TABLE words USING fts5 (
            body, content = '', contentless_delete = 1,
            tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
          )""");

  private IndexDatabase() {}

  /// @param remark what the user should know of it
  record Opened(Connection connection, Optional<String> remark) {}

  /// Opens it to write, and makes it where there is none, or a new one in the place of one that is
  /// damaged. Only one may do so at a time.
  ///
  /// @throws IndexException when it cannot be opened, or a newer vat wrote it
  static Opened toWrite(Path vatDir) throws IOException {
    Path file = file(vatDir);
    prepare(vatDir);
    try {
      return new Opened(connectToWrite(file), Optional.empty());
    } catch (SQLException fault) {
      IndexException unusable = unusable(file, fault);
      if (!unusable.isDamaged()) {
        throw unusable;
      }
      String remark = putAside(vatDir, unusable);
      try {
        return new Opened(connectToWrite(file), Optional.of(remark));
      } catch (SQLException again) {
        throw unusable(file, again);
      }
    }
  }

  private static void putAside(Path file) throws IOException {
    for (String part : List.of("-wal", "-shm", "")) {
      try {
        Files.move(
            file.resolveSibling("index.db" + part),
            file.resolveSibling("index.db.damaged" + part),
            StandardCopyOption.REPLACE_EXISTING);
      } catch (NoSuchFileException none) {
        continue;
      }
    }
  }

  /// Puts one aside in which damage showed itself in the middle of the work. It is not open any
  /// more.
  ///
  /// @return what the user should know
  static String putAside(Path vatDir, IndexException damage) throws IOException {
    Path file = file(vatDir);
    try {
      putAside(file);
    } catch (IOException fault) {
      damage.addSuppressed(fault);
      throw damage;
    }
    return file
        + " was damaged and is put aside as index.db.damaged. What is connected now is read again;"
        + " what vat find knew of other drives comes back when vat manifest sees them.";
  }

  private static Connection connectToWrite(Path file) throws SQLException, IndexException {
    Connection connection = connect("jdbc:sqlite:" + file.toUri());
    try {
      int version = version(connection);
      if (version > VERSION) {
        throw new IndexException(
            file + " was written by a newer vat. Update vat on this computer, or remove that file.",
            false,
            null);
      }
      execute(connection, "PRAGMA journal_mode = WAL");
      if (version < VERSION) {
        execute(connection, "BEGIN IMMEDIATE");
        if (version == 0) {
          for (String table : TABLES) {
            execute(connection, table);
          }
        } else {
          execute(connection, "ALTER TABLE files ADD COLUMN sha256 BLOB");
        }
        execute(connection, "PRAGMA user_version = " + VERSION);
        execute(connection, "COMMIT");
      }
      // A page that is no SQLite's shows itself at once, and not in the middle of the work.
      number(connection, "SELECT count(*) FROM places");
      return connection;
    } catch (SQLException | IndexException | RuntimeException fault) {
      connection.close();
      throw fault;
    }
  }

  /// Opens it to look something up; writes nothing, anywhere.
  ///
  /// @return empty when there is none
  static Optional<Connection> toLook(Path vatDir) throws IOException {
    Path file = file(vatDir);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    // With a journal beside it, somebody is writing, or was cut. Without, nothing but the file
    // counts, and "immutable" keeps SQLite from making the other files.
    boolean journal = Files.exists(file.resolveSibling("index.db-wal"));
    try {
      Connection connection =
          connect("jdbc:sqlite:" + file.toUri() + (journal ? "?mode=ro" : "?immutable=1"));
      try {
        if (version(connection) != VERSION) {
          throw new IndexException(
              file
                  + " was written by another version of vat. Run vat manifest with the newest one.",
              false,
              null);
        }
        return Optional.of(connection);
      } catch (SQLException | IndexException | RuntimeException fault) {
        connection.close();
        throw fault;
      }
    } catch (SQLException fault) {
      throw unusable(file, fault);
    }
  }

  private static Path file(Path vatDir) {
    return vatDir.toAbsolutePath().resolve("index.db");
  }

  private static Connection connect(String url) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    Properties properties = config.toProperties();
    Connection connection = new JDBC().connect(url, properties);
    if (connection == null) {
      throw new SQLException("not an address of SQLite: " + url);
    }
    return connection;
  }

  /// As for vat's other notes: git must not see them, whatever the repository's own rules say.
  private static void prepare(Path vatDir) throws IOException {
    Files.createDirectories(vatDir);
    try {
      Files.writeString(vatDir.resolve(".gitignore"), "*\n", StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException there) {
      return;
    }
  }

  static IndexException unusable(Path file, SQLException fault) {
    return damaged(fault)
        ? damaged(file, fault)
        : new IndexException(
            file + " cannot be used: " + fault.getMessage() + ". Is the disk full or locked?",
            false,
            fault);
  }

  static IndexException damaged(Path file, Exception why) {
    return new IndexException(
        file + " is damaged. Remove it and run vat manifest, which begins a new one.", true, why);
  }

  private static boolean damaged(SQLException fault) {
    // Extended codes hold the primary one in their lowest byte.
    int code = fault instanceof SQLiteException known ? known.getResultCode().code & 0xff : -1;
    return code == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB.code;
  }

  private static int version(Connection connection) throws SQLException {
    return (int) number(connection, "PRAGMA user_version");
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
