package dev.vat.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which objects are just being moved to another storage class. A big one is copied inside S3 by an
/// upload in parts, which costs storage for ever when this process is cut and nobody remembers it
/// (design 7.6).
public final class ClassChangeJournal {
  /// In place of S3's id while S3 was asked for one and the answer is not noted yet.
  private static final String ASKED = "";

  private final Database database;

  ClassChangeJournal(Database database) {
    this.database = database;
  }

  /// What was begun, and whose end was never noted.
  ///
  /// @param uploadId empty where nothing is known but that S3 was about to be asked
  public record Open(Optional<String> uploadId, String storageClass, Instant askedAt) {}

  /// Remembers that a change is about to begin.
  ///
  /// @param place server and bucket as one text
  public void ask(String place, String key, String storageClass, Instant at) throws StateException {
    database.write(connection -> insert(connection, place, key, ASKED, storageClass, at));
  }

  /// Remembers the upload by which it is made; to be called before the first part is copied.
  public void began(String place, String key, String uploadId, String storageClass, Instant at)
      throws StateException {
    database.write(connection -> insert(connection, place, key, uploadId, storageClass, at));
  }

  private static void insert(
      Connection connection,
      String place,
      String key,
      String uploadId,
      String storageClass,
      Instant at)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO class_changes (place, key, upload_id, storage_class, asked_s,"
                + " asked_ns) VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, place);
      insert.setString(2, key);
      insert.setString(3, uploadId);
      insert.setString(4, storageClass);
      Database.set(insert, 5, at);
      insert.executeUpdate();
    }
  }

  /// All of a key whose end was never noted.
  public List<Open> open(String place, String key) throws StateException {
    return database.read(
        connection -> {
          List<Open> found = new ArrayList<>();
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT * FROM class_changes WHERE place = ? AND key = ?")) {
            query.setString(1, place);
            query.setString(2, key);
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                found.add(
                    new Open(
                        Optional.of(row.getString("upload_id")).filter(id -> !id.equals(ASKED)),
                        row.getString("storage_class"),
                        Database.instant(row, "asked")));
              }
            }
          }
          return found;
        });
  }

  /// The keys of a place of which something was never noted to have ended.
  public List<String> keys(String place) throws StateException {
    return database.read(
        connection -> {
          List<String> keys = new ArrayList<>();
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT DISTINCT key FROM class_changes WHERE place = ? ORDER BY key")) {
            query.setString(1, place);
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                keys.add(row.getString(1));
              }
            }
          }
          return keys;
        });
  }

  /// Forgets all of a key: nothing of it is under way any more.
  public void ended(String place, String key) throws StateException {
    database.write(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM class_changes WHERE place = ? AND key = ?")) {
            delete.setString(1, place);
            delete.setString(2, key);
            delete.executeUpdate();
          }
        });
  }
}
