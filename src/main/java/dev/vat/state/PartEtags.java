package dev.vat.state;

import dev.vat.project.FileStamp;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// What ETags local files would have if they were uploaded in parts of some sizes, kept under the
/// files' stamps. Trusted, and forgotten, by the rules of [HashCache].
public final class PartEtags {
  private final Database database;
  private final InstantSource clock;

  PartEtags(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Asks for many files at once.
  ///
  /// @return by path the ETags by the size of parts; only those that need not be computed again
  public Map<Path, Map<Long, String>> trusted(Collection<FileStamp> stamps) throws StateException {
    return StampedRows.find(
        database,
        "part_etags",
        stamps,
        HashCache.day(clock),
        (stamp, row, found) -> {
          if (HashCache.rested(stamp.modifiedAt(), Database.instant(row, "began"))) {
            found
                .computeIfAbsent(stamp.path(), _ -> new HashMap<>())
                .put(row.getLong("part_bytes"), row.getString("etag"));
          }
        });
  }

  /// Keeps what one reading established, beside what is known of the very same file and in place of
  /// what was known of an older one.
  ///
  /// @param stamp what the file had before and after the reading
  /// @param etags by the size of parts
  /// @param readingBegan by this machine's clock; see [HashCache#remember]
  public void remember(FileStamp stamp, Map<Long, String> etags, Instant readingBegan)
      throws StateException {
    long today = HashCache.day(clock);
    database.write(
        connection -> {
          forgetOlder(connection, stamp);
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO part_etags (path, part_bytes, etag, size, modified_s,"
                      + " modified_ns, identity, began_s, began_ns, seen_day)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Map.Entry<Long, String> etag : etags.entrySet()) {
              insert.setString(1, stamp.path().toString());
              insert.setLong(2, etag.getKey());
              insert.setString(3, etag.getValue());
              StampedRows.set(insert, 4, stamp);
              Database.set(insert, 8, readingBegan);
              insert.setLong(10, today);
              insert.execute();
            }
          }
        });
  }

  private static void forgetOlder(Connection connection, FileStamp stamp) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM part_etags WHERE path = ? AND NOT (size = ? AND modified_s = ?"
                + " AND modified_ns = ? AND identity = ?)")) {
      delete.setString(1, stamp.path().toString());
      StampedRows.set(delete, 2, stamp);
      delete.execute();
    }
  }

  /// Drops what nobody has asked about for 90 days.
  void forgetUnseen() throws StateException {
    HashCache.forgetUnseen(database, "part_etags", HashCache.day(clock));
  }
}
