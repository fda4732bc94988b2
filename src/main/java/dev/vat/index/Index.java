package dev.vat.index;

import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What `vat manifest` read in the copies of a repository's projects: names, text, media facts, of
/// drives that are not connected too. In `.vat/index.db`.
///
/// For looking: changes nothing, asks no drive. What it tells is as old as the last look at each
/// place. For one thread.
public final class Index implements AutoCloseable {
  /// Places from the nearest on.
  static final String NEAREST = "CASE kind WHEN 'SSD' THEN 1 WHEN 'S3' THEN 2 ELSE 0 END";

  private final Path vatDir;
  private final Connection connection;

  private Index(Path vatDir, Connection connection) {
    this.vatDir = vatDir;
    this.connection = connection;
  }

  /// Where something was found.
  ///
  /// @param present false when the copy was gone from there at the last look
  /// @param seenAt when the place was last looked at and the copy was there
  public record Where(CopyPlace place, boolean present, Instant seenAt) {}

  /// A file, in one or more places.
  ///
  /// @param name below the project's folder, with `/`
  /// @param sha256 of the file of that size in an archive in S3, in hex; empty where none is known
  public record FoundFile(
      ProjectId project,
      String name,
      long sizeBytes,
      MediaFacts facts,
      Optional<String> sha256,
      List<Where> places) {
    public FoundFile {
      places = List.copyOf(places);
    }
  }

  /// Opens it.
  ///
  /// @param vatDir the repository's `.vat`
  /// @return empty when nothing was ever fed
  /// @throws IndexException when it cannot be read
  public static Optional<Index> open(Path vatDir) throws IOException {
    return IndexDatabase.toLook(vatDir).map(connection -> new Index(vatDir, connection));
  }

  /// Looks something up.
  ///
  /// @param alsoKnown projects whose ids are looked through too: of those in places that nobody
  ///     reads, S3 above all, the manifest knows the ids
  /// @throws IndexException when it cannot be read
  public Findings find(Query query, Filter filter, Collection<ProjectId> alsoKnown)
      throws IOException {
    return reading(c -> new Finding(c, query, filter, alsoKnown).findings());
  }

  /// The biggest files of a project, the biggest first, each once however many copies there are.
  ///
  /// @param most how many at most
  /// @throws IndexException when it cannot be read
  public List<FoundFile> biggest(ProjectId project, int most) throws IOException {
    return files(project, "f.size > 0", "size DESC, name", most);
  }

  /// The recordings of a project of which something is known, by name.
  ///
  /// @throws IndexException when it cannot be read
  public List<FoundFile> media(ProjectId project) throws IOException {
    return files(
        project,
        "(f.duration_ms IS NOT NULL OR f.width IS NOT NULL OR f.codec IS NOT NULL)",
        "name",
        Integer.MAX_VALUE);
  }

  /// What is in an archive in S3, beside the project's other copies.
  ///
  /// @return empty when it was never read
  /// @throws IndexException when the index cannot be read
  public Optional<ArchiveContent> archive(CopyPlace place, FileKinds kinds) throws IOException {
    return reading(c -> ArchiveContent.of(c, place, kinds));
  }

  /// The archives in S3 that were read, each with what [ArchiveFeeding] noted of it.
  ///
  /// @throws IndexException when it cannot be read
  public Map<CopyPlace, String> archives() throws IOException {
    return reading(ArchiveRows::all);
  }

  private List<FoundFile> files(ProjectId project, String which, String order, int most)
      throws IOException {
    return reading(
        c -> {
          List<FoundFile> found = new ArrayList<>();
          try (PreparedStatement select =
              c.prepareStatement(
                  "SELECT f.name AS name, max(f.size) AS size FROM files f JOIN places p ON p.id ="
                      + " f.place WHERE p.project = ? AND "
                      + which
                      + " GROUP BY f.name ORDER BY "
                      + order
                      + " LIMIT ?")) {
            select.setString(1, project.value());
            select.setInt(2, most);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                found.add(file(c, project, row.getString("name")));
              }
            }
          }
          return found;
        });
  }

  /// One file with all its places, those where it is now first.
  static FoundFile file(Connection connection, ProjectId project, String name) throws SQLException {
    List<Where> places = new ArrayList<>();
    long size = 0;
    MediaFacts facts = MediaFacts.UNKNOWN;
    Optional<String> sha256 = Optional.empty();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT p.project, p.kind, p.drive, p.path, p.present, p.seen_s,
              f.size, f.duration_ms, f.width, f.height, f.codec, f.sha256
            FROM places p JOIN files f ON f.place = p.id
            WHERE p.project = ? AND f.name = ? ORDER BY p.present DESC, """
                + NEAREST
                + ", p.id")) {
      select.setString(1, project.value());
      select.setString(2, name);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          size = places.isEmpty() ? row.getLong("size") : size;
          if (row.getLong("size") == size) {
            facts = facts.known() ? facts : facts(row);
            sha256 = sha256.or(hex(row.getBytes("sha256")));
          }
          places.add(where(row));
        }
      }
    }
    return new FoundFile(project, name, size, facts, sha256, places);
  }

  private static Supplier<Optional<String>> hex(byte[] digest) {
    return () -> Optional.ofNullable(digest).map(HexFormat.of()::formatHex);
  }

  static Where where(ResultSet row) throws SQLException {
    return new Where(
        IndexWriter.place(row),
        row.getBoolean("present"),
        Instant.ofEpochSecond(row.getLong("seen_s")));
  }

  private static MediaFacts facts(ResultSet row) throws SQLException {
    long millis = row.getLong("duration_ms");
    return new MediaFacts(
        millis > 0 ? Optional.of(Duration.ofMillis(millis)) : Optional.empty(),
        MediaFacts.PictureSize.of(row.getLong("width"), row.getLong("height")),
        Optional.ofNullable(row.getString("codec")));
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T reading(Work<T> work) throws IOException {
    try {
      return work.on(connection);
    } catch (SQLException fault) {
      throw IndexDatabase.unusable(vatDir.resolve("index.db"), fault);
    } catch (IllegalArgumentException | DateTimeException impossible) {
      // SQLite notices damage to its pages, not to the values in them.
      throw IndexDatabase.damaged(vatDir.resolve("index.db"), impossible);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException fault) {
      throw IndexDatabase.unusable(vatDir.resolve("index.db"), fault);
    }
  }
}
