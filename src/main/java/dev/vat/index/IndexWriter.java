package dev.vat.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vat.project.ProjectId;
import dev.vat.project.TreeFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The statements that change the index. One thread, inside transactions that the caller begins and
/// ends. Holds one file's text at a time.
final class IndexWriter implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement known;
  private final PreparedStatement keep;
  private final PreparedStatement insertFile;
  private final PreparedStatement textByDigest;
  private final PreparedStatement insertText;
  private final PreparedStatement insertWords;

  IndexWriter(Connection connection) throws SQLException {
    this.connection = connection;
    known =
        connection.prepareStatement(
            "SELECT size, modified_s, modified_ns FROM files WHERE place = ? AND name = ?");
    keep = connection.prepareStatement("UPDATE files SET run = ? WHERE place = ? AND name = ?");
    insertFile =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    textByDigest = connection.prepareStatement("SELECT id FROM texts WHERE digest = ?");
    insertText =
        connection.prepareStatement("INSERT INTO texts (digest, length, body) VALUES (?, ?, ?)");
    insertWords = connection.prepareStatement("INSERT INTO words (rowid, body) VALUES (?, ?)");
  }

  void execute(String sql) throws SQLException {
    IndexDatabase.execute(connection, sql);
  }

  /// What is noted of a place.
  ///
  /// @param fingerprint of its files when they were read; empty when they could not all be
  record Noted(long id, String fingerprint, boolean present) {}

  Map<CopyPlace, Noted> places() throws SQLException {
    Map<CopyPlace, Noted> all = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT id, project, kind, drive, path, fingerprint, present FROM places");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        all.put(
            place(row),
            new Noted(row.getLong("id"), row.getString("fingerprint"), row.getBoolean("present")));
      }
    }
    return all;
  }

  static CopyPlace place(ResultSet row) throws SQLException {
    return new CopyPlace(
        new ProjectId(row.getString("project")),
        CopyPlace.Kind.valueOf(row.getString("kind")),
        row.getString("drive"),
        row.getString("path"));
  }

  /// @return the place's id
  long add(CopyPlace place) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO places (project, kind, drive, path, folded, fingerprint, present, seen_s)
            VALUES (?, ?, ?, ?, ?, '', 1, 0)""")) {
      insert.setString(1, place.project().value());
      insert.setString(2, place.kind().name());
      insert.setString(3, place.drive());
      insert.setString(4, place.path());
      insert.setString(5, Folded.of(place.project().value()));
      insert.executeUpdate();
    }
    return IndexDatabase.number(connection, "SELECT last_insert_rowid()");
  }

  void note(long place, String fingerprint, boolean present) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE places SET fingerprint = ?, present = ? WHERE id = ?")) {
      update.setString(1, fingerprint);
      update.setBoolean(2, present);
      update.setLong(3, place);
      update.executeUpdate();
    }
  }

  /// Every present place of the repository, or of one drive, was seen.
  void seen(boolean onDrive, String drive, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE places SET seen_s = ? WHERE present = 1 AND (kind = 'SSD') = ? AND drive = ?")) {
      update.setLong(1, now.getEpochSecond());
      update.setBoolean(2, onDrive);
      update.setString(3, drive);
      update.executeUpdate();
    }
  }

  /// A number that no earlier reading of the place has.
  long nextRun(long place) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT coalesce(max(run), 0) + 1 FROM files WHERE place = ?")) {
      select.setLong(1, place);
      try (ResultSet row = select.executeQuery()) {
        return row.getLong(1);
      }
    }
  }

  /// Keeps what is noted of a file that still looks the same.
  ///
  /// @return false when it is new, or has changed
  boolean unchanged(long place, TreeFile file, long run) throws SQLException {
    known.setLong(1, place);
    known.setString(2, file.name().value());
    try (ResultSet row = known.executeQuery()) {
      if (!row.next()
          || row.getLong(1) != file.sizeBytes()
          || row.getLong(2) != file.modifiedAt().getEpochSecond()
          || row.getInt(3) != file.modifiedAt().getNano()) {
        return false;
      }
    }
    keep.setLong(1, run);
    keep.setLong(2, place);
    keep.setString(3, file.name().value());
    keep.executeUpdate();
    return true;
  }

  /// @param readable false: it counts as changed when it is met again
  void put(
      long place,
      TreeFile file,
      boolean readable,
      Optional<String> text,
      MediaFacts facts,
      long run)
      throws SQLException {
    Optional<Long> textId = text.isPresent() ? Optional.of(textId(text.get())) : Optional.empty();
    insertFile.setLong(1, place);
    insertFile.setString(2, file.name().value());
    insertFile.setString(3, Folded.of(file.name().value()));
    insertFile.setLong(4, file.sizeBytes());
    insertFile.setLong(5, readable ? file.modifiedAt().getEpochSecond() : Long.MIN_VALUE);
    insertFile.setInt(6, file.modifiedAt().getNano());
    set(insertFile, 7, textId);
    set(insertFile, 8, facts.duration().map(duration -> duration.toMillis()));
    set(insertFile, 9, facts.size().map(size -> (long) size.width()));
    set(insertFile, 10, facts.size().map(size -> (long) size.height()));
    insertFile.setString(11, facts.codec().orElse(null));
    insertFile.setLong(12, run);
    insertFile.setBytes(13, null);
    insertFile.executeUpdate();
  }

  /// @param text the id of its text, where that is known
  void put(long place, ArchivedFile file, Optional<Long> text, long run) throws SQLException {
    insertFile.setLong(1, place);
    insertFile.setString(2, file.name().value());
    insertFile.setString(3, Folded.of(file.name().value()));
    insertFile.setLong(4, file.sizeBytes());
    insertFile.setLong(5, file.modifiedAt().getEpochSecond());
    insertFile.setInt(6, file.modifiedAt().getNano());
    set(insertFile, 7, text);
    for (int column = 8; column <= 11; column++) {
      insertFile.setNull(column, Types.NULL);
    }
    insertFile.setLong(12, run);
    insertFile.setBytes(13, file.digest());
    insertFile.executeUpdate();
  }

  private static void set(PreparedStatement statement, int column, Optional<Long> number)
      throws SQLException {
    if (number.isPresent()) {
      statement.setLong(column, number.get());
    } else {
      statement.setNull(column, Types.INTEGER);
    }
  }

  /// The text of these bytes in UTF-8, where the index has it.
  ///
  /// @param digest their SHA-256
  Optional<Long> textOf(byte[] digest) throws SQLException {
    textByDigest.setBytes(1, digest);
    try (ResultSet row = textByDigest.executeQuery()) {
      return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
    }
  }

  /// Keeps a text, once.
  ///
  /// @return its id
  long textId(String text) throws SQLException {
    byte[] content = text.getBytes(UTF_8);
    byte[] digest = digest(content);
    Optional<Long> there = textOf(digest);
    if (there.isPresent()) {
      return there.get();
    }
    insertText.setBytes(1, digest);
    insertText.setInt(2, content.length);
    insertText.setBytes(3, StoredText.packed(content));
    insertText.executeUpdate();
    long id = IndexDatabase.number(connection, "SELECT last_insert_rowid()");
    StringBuilder words = new StringBuilder(content.length);
    for (TextLine line : TextLine.of(text)) {
      Folded.words(line.text()).forEach(word -> words.append(word.text()).append(' '));
    }
    insertWords.setLong(1, id);
    insertWords.setString(2, words.toString());
    insertWords.executeUpdate();
    return id;
  }

  private static byte[] digest(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /// Forgets the files of a place that this reading has not met.
  void forgetOthers(long place, long run) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM files WHERE place = ? AND run <> ?")) {
      delete.setLong(1, place);
      delete.setLong(2, run);
      delete.executeUpdate();
    }
  }

  /// Of places that are gone, forgets the files that are in another one of the project now, unless
  /// less is known of them there; then the places that hold none, and the texts that no file has.
  void tidy() throws SQLException {
    execute(
        """
        DELETE FROM files WHERE place IN (SELECT id FROM places WHERE present = 0)
          AND EXISTS (SELECT 1 FROM places gone JOIN places there
            ON there.project = gone.project AND there.present = 1
            JOIN files f ON f.place = there.id AND f.name = files.name AND f.size = files.size
              AND (files.text IS NULL OR f.text IS NOT NULL)
              AND (files.duration_ms IS NULL OR f.duration_ms IS NOT NULL)
            WHERE gone.id = files.place)""");
    execute(
        """
        DELETE FROM places WHERE present = 0
          AND NOT EXISTS (SELECT 1 FROM files WHERE place = places.id)""");
    String orphans =
        "(SELECT id FROM texts WHERE NOT EXISTS (SELECT 1 FROM files WHERE text = texts.id))";
    execute("DELETE FROM words WHERE rowid IN " + orphans);
    execute("DELETE FROM texts WHERE id IN " + orphans);
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement :
        new PreparedStatement[] {known, keep, insertFile, textByDigest, insertText, insertWords}) {
      statement.close();
    }
  }
}
