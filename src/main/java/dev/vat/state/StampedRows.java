package dev.vat.state;

import dev.vat.project.FileStamp;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds what a table keeps of files under their stamps, and notes that it was asked for: what
/// nobody asks about is forgotten some day.
final class StampedRows {
  private StampedRows() {}

  /// Takes one row into what was found.
  interface Reader<T> {
    void take(FileStamp stamp, ResultSet row, Map<Path, T> found) throws SQLException;
  }

  /// @param table has the columns of a stamp, and `seen_day`
  /// @param reader gets the rows of files that are what their stamps say
  static <T> Map<Path, T> find(
      Database database, String table, Collection<FileStamp> stamps, long today, Reader<T> reader)
      throws StateException {
    List<Path> seen = new ArrayList<>();
    Map<Path, T> found =
        database.read(
            connection -> {
              seen.clear();
              return find(connection, table, stamps, today, reader, seen);
            });
    if (!seen.isEmpty()) {
      database.write(connection -> HashCache.markSeen(connection, table, seen, today));
    }
    return found;
  }

  private static <T> Map<Path, T> find(
      Connection connection,
      String table,
      Collection<FileStamp> stamps,
      long today,
      Reader<T> reader,
      List<Path> seen)
      throws SQLException {
    Map<Path, T> found = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT * FROM "
                + table
                + " WHERE path = ? AND size = ? AND modified_s = ? AND modified_ns = ?"
                + " AND identity = ?")) {
      for (FileStamp stamp : stamps) {
        query.setString(1, stamp.path().toString());
        set(query, 2, stamp);
        boolean old = false;
        try (ResultSet row = query.executeQuery()) {
          while (row.next()) {
            reader.take(stamp, row, found);
            old |= row.getLong("seen_day") < today;
          }
        }
        // Once a day is enough to know what is still there, and saves writing.
        if (old) {
          seen.add(stamp.path());
        }
      }
    }
    return found;
  }

  /// Puts all of a stamp but its path.
  static void set(PreparedStatement statement, int first, FileStamp stamp) throws SQLException {
    statement.setLong(first, stamp.sizeBytes());
    Database.set(statement, first + 1, stamp.modifiedAt());
    statement.setString(first + 3, stamp.identity());
  }
}
