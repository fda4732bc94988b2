package dev.vat.state;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which downloads are under way and which of their ranges are written, so that a later run fetches
/// only the rest (design 7.6). After a power cut a range that is told as finished may be missing on
/// the disk: the whole file's MD5 decides before it is placed.
public final class DownloadJournal {
  private final Database database;

  DownloadJournal(Database database) {
    this.database = database;
  }

  /// What is under way for the key, of whatever version.
  public Optional<StartedDownload> find(String place, String key) throws StateException {
    List<StartedDownload> found =
        select("SELECT * FROM downloads WHERE place = ? AND key = ?", place, key);
    return found.stream().findFirst();
  }

  /// All of a place.
  public List<StartedDownload> all(String place) throws StateException {
    return select("SELECT * FROM downloads WHERE place = ? ORDER BY key", place);
  }

  /// The temporary files of every place: the settings may lead back to it.
  public Set<Path> temporaries() throws StateException {
    return database.read(
        connection -> {
          Set<Path> paths = new HashSet<>();
          try (PreparedStatement query =
                  connection.prepareStatement("SELECT temporary FROM downloads");
              ResultSet row = query.executeQuery()) {
            while (row.next()) {
              paths.add(Path.of(row.getString(1)));
            }
          }
          return paths;
        });
  }

  /// Remembers a download of which nothing is written yet, in place of any other of the key. The
  /// other's temporary file is the caller's to remove: ask [#find] first.
  public void begin(JournalledDownload download) throws StateException {
    database.write(
        connection -> {
          delete(connection, download.place(), download.key());
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO downloads (place, key, etag, temporary, size, range_bytes)"
                      + " VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, download.place());
            insert.setString(2, download.key());
            insert.setString(3, download.etag());
            insert.setString(4, download.temporary().toString());
            insert.setLong(5, download.sizeBytes());
            insert.setLong(6, download.rangeBytes());
            insert.execute();
          }
        });
  }

  /// Remembers that a range is written. Does nothing when another download of the key was begun
  /// meanwhile.
  ///
  /// @param rangeNumber from 0
  public void finished(JournalledDownload download, long rangeNumber) throws StateException {
    if (rangeNumber < 0 || rangeNumber >= download.ranges()) {
      throw new IllegalArgumentException(
          "range " + rangeNumber + " of " + download.ranges() + " in " + download.key());
    }
    database.write(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT OR IGNORE INTO finished_ranges (download, number) SELECT id, ?"
                      + " FROM downloads WHERE place = ? AND key = ? AND etag = ?"
                      + " AND temporary = ? AND size = ? AND range_bytes = ?")) {
            insert.setLong(1, rangeNumber);
            insert.setString(2, download.place());
            insert.setString(3, download.key());
            insert.setString(4, download.etag());
            insert.setString(5, download.temporary().toString());
            insert.setLong(6, download.sizeBytes());
            insert.setLong(7, download.rangeBytes());
            insert.execute();
          }
        });
  }

  /// Forgets a download that was placed or given up; one that is not known is no fault.
  public void end(String place, String key) throws StateException {
    database.write(connection -> delete(connection, place, key));
  }

  private static void delete(Connection connection, String place, String key) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM downloads WHERE place = ? AND key = ?")) {
      delete.setString(1, place);
      delete.setString(2, key);
      delete.execute();
    }
  }

  private List<StartedDownload> select(String sql, String... arguments) throws StateException {
    return database.read(
        connection -> {
          List<StartedDownload> found = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
              query.setString(i + 1, arguments[i]);
            }
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                Set<Long> ranges = rangesOf(connection, row.getLong("id"));
                found.add(new StartedDownload(downloadIn(row), ranges));
              }
            }
          }
          return found;
        });
  }

  private static Set<Long> rangesOf(Connection connection, long id) throws SQLException {
    Set<Long> numbers = new HashSet<>();
    try (PreparedStatement query =
        connection.prepareStatement("SELECT number FROM finished_ranges WHERE download = ?")) {
      query.setLong(1, id);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          numbers.add(row.getLong(1));
        }
      }
    }
    return numbers;
  }

  private static JournalledDownload downloadIn(ResultSet row) throws SQLException {
    return new JournalledDownload(
        row.getString("place"),
        row.getString("key"),
        row.getString("etag"),
        Path.of(row.getString("temporary")),
        row.getLong("size"),
        row.getLong("range_bytes"));
  }
}
