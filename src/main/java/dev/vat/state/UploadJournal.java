package dev.vat.state;

import dev.vat.project.ContentHash;
import dev.vat.project.Md5;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which uploads in parts are ours and under way, so that a later run carries on or aborts them
/// (design 7.6). What is not in here belongs to somebody else.
public final class UploadJournal {
  private final Database database;

  UploadJournal(Database database) {
    this.database = database;
  }

  /// The youngest that is under way for the key.
  public Optional<JournalledUpload> find(String place, String key) throws StateException {
    List<JournalledUpload> found =
        select(
            "SELECT * FROM uploads WHERE place = ? AND key = ?"
                + " ORDER BY begun_s DESC, begun_ns DESC LIMIT 1",
            place,
            key);
    return found.stream().findFirst();
  }

  /// All of a place, oldest first.
  public List<JournalledUpload> all(String place) throws StateException {
    return select("SELECT * FROM uploads WHERE place = ? ORDER BY begun_s, begun_ns, key", place);
  }

  /// Remembers an upload; to be called before the first part is sent.
  public void begin(JournalledUpload upload) throws StateException {
    database.write(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO uploads (place, key, upload_id, file, size, modified_s,"
                      + " modified_ns, md5, crc32, part_bytes, begun_s, begun_ns)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, upload.place());
            insert.setString(2, upload.key());
            insert.setString(3, upload.uploadId());
            insert.setString(4, upload.file().toString());
            insert.setLong(5, upload.sizeBytes());
            Database.set(insert, 6, upload.modifiedAt());
            insert.setString(8, upload.content().md5().hex());
            insert.setInt(9, upload.content().crc32());
            insert.setLong(10, upload.partBytes());
            Database.set(insert, 11, upload.begunAt());
            insert.execute();
          }
        });
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
