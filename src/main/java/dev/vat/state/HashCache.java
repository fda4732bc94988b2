package dev.vat.state;

import dev.vat.project.ContentHash;
import dev.vat.project.FileStamp;
import dev.vat.project.Md5;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Content hashes of local files, kept under their stamps (design 7.14): for looking, never for
/// deleting. A file's hash is trusted when path, size, time (to the nanosecond) and identity are
/// what they were, and the file had rested when it was hashed.
public final class HashCache {
  /// A file changed twice within this time may have the same time both times: exFAT and FAT count
  /// in steps of 2 s (design 7.14).
  private static final Duration REST = Duration.ofSeconds(2);

  private static final int FORGET_AFTER_DAYS = 90;

  private final Database database;
  private final InstantSource clock;

  HashCache(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// @return empty when the file must be read
  public Optional<ContentHash> trusted(FileStamp stamp) throws StateException {
    return Optional.ofNullable(trusted(List.of(stamp)).get(stamp.path()));
  }

  /// Asks for many files at once.
  ///
  /// @return by path, only those that need not be read
  public Map<Path, ContentHash> trusted(Collection<FileStamp> stamps) throws StateException {
    return StampedRows.find(
        database,
        "hashes",
        stamps,
        today(),
        (stamp, row, found) -> {
          if (rested(stamp.modifiedAt(), Database.instant(row, "began"))) {
            Md5 md5 = new Md5(row.getString("md5"));
            found.put(stamp.path(), new ContentHash(stamp.sizeBytes(), md5, row.getInt("crc32")));
          }
        });
  }

  static boolean rested(Instant modifiedAt, Instant hashingBegan) {
    return !modifiedAt.plus(REST).isAfter(hashingBegan);
  }

  static void markSeen(Connection connection, String table, List<Path> paths, long today)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE " + table + " SET seen_day = ? WHERE path = ?")) {
      for (Path path : paths) {
        update.setLong(1, today);
        update.setString(2, path.toString());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /// Keeps what a reading established, in place of anything known of that path.
  ///
  /// @param stamp what the file had before and after the reading
  /// @param hashingBegan when the reading began, by this machine's clock: what was written in the 2
  ///     s before may be followed by a change with the same time, so such a hash is kept but not
  ///     trusted
  public void remember(FileStamp stamp, ContentHash content, Instant hashingBegan)
      throws StateException {
    if (stamp.sizeBytes() != content.sizeBytes()) {
      throw new IllegalArgumentException(
          "stamp says " + stamp.sizeBytes() + " bytes, content " + content.sizeBytes());
    }
    long today = today();
    database.write(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO hashes (path, size, modified_s, modified_ns, identity,"
                      + " md5, crc32, began_s, began_ns, seen_day)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, stamp.path().toString());
            insert.setLong(2, stamp.sizeBytes());
            Database.set(insert, 3, stamp.modifiedAt());
            insert.setString(5, stamp.identity());
            insert.setString(6, content.md5().hex());
            insert.setInt(7, content.crc32());
            Database.set(insert, 8, hashingBegan);
            insert.setLong(10, today);
            insert.execute();
          }
        });
  }

  /// Drops what nobody has asked about for 90 days.
  void forgetUnseen() throws StateException {
    forgetUnseen(database, "hashes", today());
  }

  /// The same for any table of what was read of files.
  static void forgetUnseen(Database database, String table, long today) throws StateException {
    long limit = today - FORGET_AFTER_DAYS;
    boolean any =
        database.read(
            connection -> {
              try (PreparedStatement query =
                  connection.prepareStatement(
                      "SELECT 1 FROM " + table + " WHERE seen_day < ? LIMIT 1")) {
                query.setLong(1, limit);
                try (ResultSet row = query.executeQuery()) {
                  return row.next();
                }
              }
            });
    if (any) {
      database.write(
          connection -> {
            try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + table + " WHERE seen_day < ?")) {
              delete.setLong(1, limit);
              delete.execute();
            }
          });
    }
  }

  private long today() {
    return day(clock);
  }

  static long day(InstantSource clock) {
    return Math.floorDiv(clock.instant().getEpochSecond(), 86_400L);
  }
}
