package dev.vat.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One connection for all threads of this process, and the rules for sharing the file with other
/// processes: short transactions, those that write begin as writers, busy ones begin again.
final class Database implements AutoCloseable {
  /// SQLite itself waits this long for another process (`busy_timeout`).
  static final Duration BUSY = Duration.ofSeconds(10);

  /// In some cases SQLite answers "busy" at once, because waiting would be a deadlock: so many
  /// times the whole transaction begins again.
  private static final int TRIES = 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Connection connection;
  private final String shownPath;
  private final Runnable onDamage;

  /// @param shownPath for messages
  /// @param onDamage runs when SQLite finds the file damaged while it is in use
  Database(Connection connection, String shownPath, Runnable onDamage) {
    this.connection = connection;
    this.shownPath = shownPath;
    this.onDamage = onDamage;
  }

  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  interface Change {
    void run(Connection connection) throws SQLException;
  }

  <T> T read(Work<T> work) throws StateException {
    return transaction("BEGIN", work);
  }

  void write(Change change) throws StateException {
    transaction(
        "BEGIN IMMEDIATE",
        c -> {
          change.run(c);
          return true;
        });
  }

  /// For what SQLite does not take inside a transaction.
  void alone(String sql) throws StateException {
    retried(
        c -> {
          execute(c, sql);
          return true;
        });
  }

  private <T> T transaction(String begin, Work<T> work) throws StateException {
    return retried(c -> once(begin, work));
  }

  private <T> T retried(Work<T> work) throws StateException {
    lock.lock();
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          return work.run(connection);
        } catch (SQLException fault) {
          if (!busy(fault) || attempt == TRIES) {
            throw explained(fault);
          }
          LockSupport.parkNanos(Duration.ofMillis(5L * attempt).toNanos());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private <T> T once(String begin, Work<T> work) throws SQLException {
    execute(connection, begin);
    try {
      T result = work.run(connection);
      execute(connection, "COMMIT");
      return result;
    } catch (SQLException | RuntimeException | Error fault) {
      try {
        execute(connection, "ROLLBACK");
      } catch (SQLException second) {
        // After some faults (disk full, damage) SQLite has rolled back by itself.
        fault.addSuppressed(second);
      }
      throw fault;
    }
  }

  private StateException explained(SQLException fault) {
    if (busy(fault)) {
      return new StateException(
          "another vat keeps writing to " + shownPath + ". Wait until it is done, and run again.",
          fault);
    }
    if (damaged(fault)) {
      onDamage.run();
      return new StateException(
          shownPath + " is damaged. Run again: it is a cache, and the next run begins a new one.",
          fault);
    }
    return new StateException(
        shownPath
            + " cannot be used: "
            + fault.getMessage()
            + ". Is the disk full or write-protected? The folder may be deleted: it is a cache.",
        fault);
  }

  static boolean busy(SQLException fault) {
    return primaryCode(fault) == SQLiteErrorCode.SQLITE_BUSY.code;
  }

  static boolean damaged(SQLException fault) {
    int code = primaryCode(fault);
    return code == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB.code;
  }

  /// Extended codes (such as SQLITE_BUSY_SNAPSHOT) hold the primary one in their lowest byte.
  private static int primaryCode(SQLException fault) {
    return fault instanceof SQLiteException known ? known.getResultCode().code & 0xff : -1;
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Puts an instant, to the nanosecond, into two columns: one number would not hold the times that
  /// broken clocks give files.
  static void set(PreparedStatement statement, int first, Instant instant) throws SQLException {
    statement.setLong(first, instant.getEpochSecond());
    statement.setInt(first + 1, instant.getNano());
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochSecond(row.getLong(column + "_s"), row.getInt(column + "_ns"));
  }

  @Override
  public void close() throws StateException {
    lock.lock();
    try {
      connection.close();
    } catch (SQLException fault) {
      throw explained(fault);
    } finally {
      lock.unlock();
    }
  }
}
