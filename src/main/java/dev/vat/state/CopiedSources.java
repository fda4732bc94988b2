package dev.vat.state;

import dev.vat.project.FileStamp;
import dev.vat.project.Md5;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
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
    return StampedRows.find(
        database,
        TABLE,
        stamps,
        HashCache.day(clock),
        (stamp, row, found) -> found.put(stamp.path(), new Md5(row.getString("md5"))));
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
                StampedRows.set(insert, 2, stamp);
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
