package dev.vat.index;

import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.RelativeName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is in an archive in S3, by its table of contents.
///
/// @param files how many
/// @param bytes of all of them
/// @param heavyFiles how many of these are heavy
/// @param heavyBytes of the heavy ones
/// @param beside the project's copies in folders, each compared with it
public record ArchiveContent(
    long files, long bytes, long heavyFiles, long heavyBytes, List<Beside> beside) {
  public ArchiveContent {
    beside = List.copyOf(beside);
  }

  /// A copy in a folder, as it was last looked at, compared by names and sizes.
  ///
  /// @param copy where, and when it was seen there
  /// @param files how many it has
  /// @param missing how many of these the archive has not
  /// @param otherSize how many of these have another size in the archive
  public record Beside(Index.Where copy, long files, long missing, long otherSize) {}

  static Optional<ArchiveContent> of(Connection connection, CopyPlace place, FileKinds kinds)
      throws SQLException {
    Optional<Long> id = new ArchiveRows(connection).id(place);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    long files = 0;
    long bytes = 0;
    long heavyFiles = 0;
    long heavyBytes = 0;
    try (PreparedStatement select =
        connection.prepareStatement("SELECT name, size FROM files WHERE place = ?")) {
      select.setLong(1, id.get());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long size = row.getLong(2);
          files++;
          bytes += size;
          if (kinds.of(new RelativeName(row.getString(1)), size) == FileKind.HEAVY) {
            heavyFiles++;
            heavyBytes += size;
          }
        }
      }
    }
    return files == 0
        ? Optional.empty()
        : Optional.of(
            new ArchiveContent(
                files, bytes, heavyFiles, heavyBytes, beside(connection, place, id.get())));
  }

  private static List<Beside> beside(Connection connection, CopyPlace archive, long id)
      throws SQLException {
    List<Beside> beside = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT p.project, p.kind, p.drive, p.path, p.present, p.seen_s, count(*) AS files,
              sum(a.name IS NULL) AS missing, sum(coalesce(a.size <> f.size, 0)) AS other
            FROM places p JOIN files f ON f.place = p.id
            LEFT JOIN files a ON a.place = ? AND a.name = f.name
            WHERE p.project = ? AND p.kind <> 'S3' AND p.present = 1
            GROUP BY p.id ORDER BY\s"""
                + Index.NEAREST
                + ", p.id")) {
      select.setLong(1, id);
      select.setString(2, archive.project().value());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          beside.add(
              new Beside(
                  Index.where(row),
                  row.getLong("files"),
                  row.getLong("missing"),
                  row.getLong("other")));
        }
      }
    }
    return beside;
  }
}
