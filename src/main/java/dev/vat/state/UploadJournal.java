package dev.vat.state;

import dev.vat.project.ContentHash;
import dev.vat.project.Md5;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which uploads in parts are ours and under way, so that a later run carries on or aborts them
/// (design 7.6). What is not in here belongs to somebody else.
public final class UploadJournal {
  /// In place of S3's id while S3 was asked for one and the answer is not noted yet.
  private static final String ASKED = "";

  private final Database database;

  UploadJournal(Database database) {
    this.database = database;
  }

  /// The youngest that is under way for the key.
  public Optional<JournalledUpload> find(String place, String key) throws StateException {
    List<JournalledUpload> found =
        select(
            "SELECT * FROM uploads WHERE place = ? AND key = ? AND upload_id <> ''"
                + " ORDER BY begun_s DESC, begun_ns DESC LIMIT 1",
            place,
            key);
    return found.stream().findFirst();
  }

  /// All of a place, oldest first.
  public List<JournalledUpload> all(String place) throws StateException {
    return select(
        "SELECT * FROM uploads WHERE place = ? AND upload_id <> ''"
            + " ORDER BY begun_s, begun_ns, key",
        place);
  }

  /// All of all places.
  public List<JournalledUpload> everywhere() throws StateException {
    return select("SELECT * FROM uploads WHERE upload_id <> '' ORDER BY begun_s, begun_ns, key");
  }

  /// All of other places: the settings named them once. Oldest first.
  public List<JournalledUpload> elsewhere(String place) throws StateException {
    return select(
        "SELECT * FROM uploads WHERE place <> ? AND upload_id <> ''"
            + " ORDER BY begun_s, begun_ns, key",
        place);
  }

  /// Remembers that S3 is about to be asked to begin an upload of the key: a run that is cut before
  /// [#begin] leaves one that nobody knows the id of.
  public void ask(String place, String key, Path file, Instant at) throws StateException {
    ContentHash nothing = new ContentHash(0, new Md5("d41d8cd98f00b204e9800998ecf8427e"), 0);
    database.write(connection -> insert(connection, place, key, ASKED, file, at, nothing, 1, at));
  }

  /// Whether an earlier run was cut between [#ask] and [#begin].
  public boolean isUnanswered(String place, String key) throws StateException {
    return database.read(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT 1 FROM uploads WHERE place = ? AND key = ? AND upload_id = ?")) {
            query.setString(1, place);
            query.setString(2, key);
            query.setString(3, ASKED);
            try (ResultSet row = query.executeQuery()) {
              return row.next();
            }
          }
        });
  }

  /// Remembers an upload; to be called before the first part is sent. It answers what was asked.
  public void begin(JournalledUpload upload) throws StateException {
    database.write(
        connection -> {
          delete(connection, upload.place(), upload.key(), ASKED);
          insert(
              connection,
              upload.place(),
              upload.key(),
              upload.uploadId(),
              upload.file(),
              upload.modifiedAt(),
              upload.content(),
              upload.partBytes(),
              upload.begunAt());
        });
  }

  private static void delete(Connection connection, String place, String key, String uploadId)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM uploads WHERE place = ? AND key = ? AND upload_id = ?")) {
      delete.setString(1, place);
      delete.setString(2, key);
      delete.setString(3, uploadId);
      delete.execute();
    }
  }

  private static void insert(
      Connection connection,
      String place,
      String key,
      String uploadId,
      Path file,
      Instant modifiedAt,
      ContentHash content,
      long partBytes,
      Instant begunAt)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO uploads (place, key, upload_id, file, size, modified_s,"
                + " modified_ns, md5, crc32, part_bytes, begun_s, begun_ns)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, place);
      insert.setString(2, key);
      insert.setString(3, uploadId);
      insert.setString(4, file.toString());
      insert.setLong(5, content.sizeBytes());
      Database.set(insert, 6, modifiedAt);
      insert.setString(8, content.md5().hex());
      insert.setInt(9, content.crc32());
      insert.setLong(10, partBytes);
      Database.set(insert, 11, begunAt);
      insert.execute();
    }
  }

  /// Forgets an upload that was completed or aborted; one that is not known is no fault.
  public void end(String uploadId) throws StateException {
    database.write(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM uploads WHERE upload_id = ?")) {
            delete.setString(1, uploadId);
            delete.execute();
          }
        });
  }

  private List<JournalledUpload> select(String sql, String... arguments) throws StateException {
    return database.read(
        connection -> {
          List<JournalledUpload> found = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
              query.setString(i + 1, arguments[i]);
            }
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                found.add(uploadIn(row));
              }
            }
          }
          return found;
        });
  }

  private static JournalledUpload uploadIn(ResultSet row) throws SQLException {
    long size = row.getLong("size");
    return new JournalledUpload(
        row.getString("place"),
        row.getString("key"),
        row.getString("upload_id"),
        Path.of(row.getString("file")),
        size,
        Database.instant(row, "modified"),
        new ContentHash(size, new Md5(row.getString("md5")), row.getInt("crc32")),
        row.getLong("part_bytes"),
        Database.instant(row, "begun"));
  }
}
