package dev.vat.state;

import dev.vat.project.FileStamp;
import dev.vat.project.Md5;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What local files were when they were read for a copy, under their stamps: for telling whether a
/// copy still is the same, never for deleting (design 7.14). Trusted as [HashCache] is.
public final class CopiedSources {
  private static final String TABLE = "copied_sources";

  private final Database database;
  private final InstantSource clock;

  CopiedSources(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Asks for many files at once.
  ///
  /// @return by path, only those that are what they were when they were read
  public Map<Path, Md5> trusted(Collection<FileStamp> stamps) throws StateException {
    long today = HashCache.day(clock);
    List<Path> seen = new ArrayList<>();
    Map<Path, Md5> found =
        database.read(
            connection -> {
              seen.clear();
              return find(connection, stamps, today, seen);
            });
    if (!seen.isEmpty()) {
      database.write(connection -> HashCache.markSeen(connection, TABLE, seen, today));
    }
    return found;
  }

  private static Map<Path, Md5> find(
      Connection connection, Collection<FileStamp> stamps, long today, List<Path> seen)
      throws SQLException {
    Map<Path, Md5> found = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT md5, seen_day FROM copied_sources WHERE path = ? AND size = ?"
                + " AND modified_s = ? AND modified_ns = ? AND identity = ?")) {
      for (FileStamp stamp : stamps) {
        query.setString(1, stamp.path().toString());
        query.setLong(2, stamp.sizeBytes());
        Database.set(query, 3, stamp.modifiedAt());
        query.setString(5, stamp.identity());
        try (ResultSet row = query.executeQuery()) {
          if (row.next()) {
            found.put(stamp.path(), new Md5(row.getString("md5")));
            if (row.getLong("seen_day") < today) {
              seen.add(stamp.path());
            }
          }
        }
      }
    }
    return found;
  }

  /// Keeps what was read, in place of anything known of those paths. Of a file that had not rested
  /// when its reading began nothing is kept.
  ///
  /// @param readFrom when the first of them began to be read
  public void remember(Map<FileStamp, Md5> files, Instant readFrom) throws StateException {
    long today = HashCache.day(clock);
    database.write(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO copied_sources (path, size, modified_s, modified_ns,"
                      + " identity, md5, seen_day) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (Map.Entry<FileStamp, Md5> file : files.entrySet()) {
              FileStamp stamp = file.getKey();
              if (HashCache.rested(stamp.modifiedAt(), readFrom)) {
                insert.setString(1, stamp.path().toString());
                insert.setLong(2, stamp.sizeBytes());
                Database.set(insert, 3, stamp.modifiedAt());
                insert.setString(5, stamp.identity());
                insert.setString(6, file.getValue().hex());
                insert.setLong(7, today);
                insert.addBatch();
              }
            }
            insert.executeBatch();
          }
        });
  }

  /// Drops what nobody has asked about for 90 days.
  void forgetUnseen() throws StateException {
    HashCache.forgetUnseen(database, TABLE, HashCache.day(clock));
  }
}
