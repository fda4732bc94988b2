package dev.vat.state;

import dev.vat.project.ProjectId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Optional;

/// The team's notes (`metadata.json`) of each project as they were last read from S3, so that they
/// are read again only when their version there has changed. Losing it costs one request for each
/// project.
public final class NotesCache {
  /// Bigger documents are not kept: some 15,000 files in one project. Bytes.
  static final int MAX_DOCUMENT = 4 * 1024 * 1024;

  /// When all documents together are more, the others go. Bytes.
  private static final long MAX_TOTAL = 64L * 1024 * 1024;

  private static final int SUM_BYTES = 16;

  private final Database database;
  private final long maxTotal;

  NotesCache(Database database) {
    this(database, MAX_TOTAL);
  }

  NotesCache(Database database, long maxTotal) {
    this.database = database;
    this.maxTotal = maxTotal;
  }

  /// What that version held.
  ///
  /// @param place the bucket and prefix as one text
  /// @param etag the version that S3 has now
  /// @return empty when it is not known, or what is known was damaged
  public Optional<byte[]> document(String place, ProjectId project, String etag)
      throws StateException {
    return database.read(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT document FROM remote_notes"
                      + " WHERE place = ? AND project = ? AND etag = ?")) {
            query.setString(1, place);
            query.setString(2, project.value());
            query.setString(3, etag);
            try (ResultSet row = query.executeQuery()) {
              return row.next() ? whole(row.getBytes("document")) : Optional.empty();
            }
          }
        });
  }

  /// Keeps what was read, in place of any other version.
  ///
  /// @param document is not kept when it is too big
  public void remember(String place, ProjectId project, String etag, byte[] document)
      throws StateException {
    if (document.length > MAX_DOCUMENT) {
      return;
    }
    database.write(
        connection -> {
          try (PreparedStatement insert =
                  connection.prepareStatement(
                      "INSERT OR REPLACE INTO remote_notes (place, project, etag, document)"
                          + " VALUES (?, ?, ?, ?)");
              PreparedStatement others =
                  connection.prepareStatement(
                      "DELETE FROM remote_notes WHERE NOT (place = ? AND project = ?)"
                          + " AND (SELECT SUM(LENGTH(document)) FROM remote_notes) > ?")) {
            insert.setString(1, place);
            insert.setString(2, project.value());
            insert.setString(3, etag);
            insert.setBytes(4, sealed(document));
            insert.execute();
            others.setString(1, place);
            others.setString(2, project.value());
            others.setLong(3, maxTotal);
            others.execute();
          }
        });
  }

  /// With its sum before it: what a failing disk made of it is then not believed.
  private static byte[] sealed(byte[] document) {
    byte[] sealed = Arrays.copyOf(sum(document), SUM_BYTES + document.length);
    System.arraycopy(document, 0, sealed, SUM_BYTES, document.length);
    return sealed;
  }

  private static Optional<byte[]> whole(byte[] sealed) {
    if (sealed == null || sealed.length < SUM_BYTES) {
      return Optional.empty();
    }
    byte[] document = Arrays.copyOfRange(sealed, SUM_BYTES, sealed.length);
    return Arrays.equals(sum(document), Arrays.copyOf(sealed, SUM_BYTES))
        ? Optional.of(document)
        : Optional.empty();
  }

  private static byte[] sum(byte[] document) {
    try {
      return MessageDigest.getInstance("MD5").digest(document);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has MD5", impossible);
    }
  }
}
