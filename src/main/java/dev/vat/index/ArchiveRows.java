package dev.vat.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The rows of archives in S3 among the places of the index. Changes happen inside transactions
/// that the caller begins and ends.
///
/// @param connection to the index
record ArchiveRows(Connection connection) {
  /// Archives in S3 that are there, with what was noted when they were read.
  static Map<CopyPlace, String> all(Connection connection) throws SQLException {
    Map<CopyPlace, String> noted = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT project, kind, drive, path, fingerprint FROM places"
                    + " WHERE kind = 'S3' AND present = 1");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        noted.put(IndexWriter.place(row), row.getString("fingerprint"));
      }
    }
    return noted;
  }

  /// The id of a place that is in the index.
  Optional<Long> id(CopyPlace place) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id FROM places WHERE project = ? AND kind = ? AND drive = ? AND path = ?")) {
      select.setString(1, place.project().value());
      select.setString(2, place.kind().name());
      select.setString(3, place.drive());
      select.setString(4, place.path());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    }
  }

  /// One place was seen.
  void seen(long place, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE places SET seen_s = ? WHERE id = ?")) {
      update.setLong(1, now.getEpochSecond());
      update.setLong(2, place);
      update.executeUpdate();
    }
  }

  /// Every present archive of a place in S3 was seen.
  void seen(String bucket, String prefix, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE places SET seen_s = ? WHERE present = 1 AND kind = 'S3' AND drive = ?"
                + " AND substr(path, 1, length(?)) = ?")) {
      update.setLong(1, now.getEpochSecond());
      update.setString(2, bucket);
      update.setString(3, prefix);
      update.setString(4, prefix);
      update.executeUpdate();
    }
  }
}
