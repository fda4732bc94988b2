package dev.vat.index;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Keeps what the index has of archives in S3, which nobody can walk through: whoever has read what
/// lies beside one tells it here.
///
/// Texts are kept by their content, before anything points to them: a run that is cut loses none
/// that it had, and nobody finds them before the archive is told as a whole. Call it under the lock
/// that keeps a second run out. May be used by several threads.
public final class ArchiveFeeding implements AutoCloseable {
  private final Path vatDir;
  private final Connection connection;
  private final IndexWriter writer;
  private final ArchiveRows rows;
  private final Optional<String> remark;
  private final Instant now;

  /// Whether anything was told since the index was tidied.
  private boolean changed;

  /// Texts that are not what their bytes are: in another encoding, or none at all.
  private final Map<String, Optional<Long>> converted = new HashMap<>();

  private ArchiveFeeding(
      Path vatDir,
      Connection connection,
      IndexWriter writer,
      Optional<String> remark,
      Instant now) {
    this.vatDir = vatDir;
    this.now = now;
    this.connection = connection;
    this.writer = writer;
    this.rows = new ArchiveRows(connection);
    this.remark = remark;
  }

  /// Opens the index, and makes it where there is none.
  ///
  /// @param vatDir the repository's `.vat`
  /// @param now when the archives were seen
  /// @throws IndexException when it cannot be written
  public static ArchiveFeeding open(Path vatDir, Instant now) throws IOException {
    IndexDatabase.Opened opened = IndexDatabase.toWrite(vatDir);
    try {
      IndexWriter writer = new IndexWriter(opened.connection());
      return new ArchiveFeeding(vatDir, opened.connection(), writer, opened.remark(), now);
    } catch (SQLException fault) {
      closeAfter(fault, opened.connection());
      throw IndexDatabase.unusable(vatDir.resolve("index.db"), fault);
    }
  }

  private static void closeAfter(SQLException fault, Connection connection) {
    try {
      connection.close();
    } catch (SQLException again) {
      fault.addSuppressed(again);
    }
  }

  /// What users should know of the index itself.
  public Optional<String> remark() {
    return remark;
  }

  /// What was noted of each archive that was there at the last look, by [#put].
  ///
  /// @throws IndexException when it cannot be read
  public Map<CopyPlace, String> known() throws IOException {
    return work(() -> ArchiveRows.all(connection));
  }

  /// The files that may hold text, whose text the index does not have under any name.
  ///
  /// @param files of one archive
  /// @param leftOut told how many others there are, in one with more text than anybody said
  /// @throws IndexException when it cannot be read
  public List<ArchivedFile> wanted(Iterable<ArchivedFile> files, LeftOut leftOut)
      throws IOException {
    List<ArchivedFile> wanted = new ArrayList<>();
    long bytes = 0;
    int over = 0;
    for (ArchivedFile file : files) {
      if (TextFiles.is(file.name(), file.sizeBytes())) {
        bytes += file.sizeBytes();
        if (work(() -> isKnown(file))) {
          continue;
        }
        if (bytes > Feeding.MOST_TEXT_BYTES) {
          over++;
        } else {
          wanted.add(file);
        }
      }
    }
    leftOut.files(over);
    return wanted;
  }

  /// Told of texts that are not searched.
  public interface LeftOut {
    void files(int count);
  }

  private boolean isKnown(ArchivedFile file) throws SQLException {
    return converted.containsKey(file.sha256()) || writer.textOf(file.digest()).isPresent();
  }

  /// Keeps the text of a file of [#wanted].
  ///
  /// @param content all of it, proven by its digest
  /// @return whether it holds text
  /// @throws IndexException when it cannot be written
  public boolean text(ArchivedFile file, byte[] content) throws IOException {
    Optional<String> text = TextFiles.decoded(content);
    return work(
        () -> {
          Optional<Long> id =
              text.isPresent()
                  ? Optional.of(inTransaction(() -> writer.textId(text.get())))
                  : Optional.empty();
          if (id.isEmpty() || !writer.textOf(file.digest()).equals(id)) {
            converted.put(file.sha256(), id);
          }
          return id.isPresent();
        });
  }

  /// Notes all that is in an archive in the place of what was noted of it. At once: a run that is
  /// cut leaves what was there.
  ///
  /// @param noted what [#known] is to tell of it
  /// @param files all of them
  /// @throws IndexException when it cannot be written
  public void put(CopyPlace place, String noted, Iterable<ArchivedFile> files) throws IOException {
    work(
        () ->
            inTransaction(
                () -> {
                  long id = id(place);
                  long run = writer.nextRun(id);
                  changed = true;
                  for (ArchivedFile file : files) {
                    boolean text = TextFiles.is(file.name(), file.sizeBytes());
                    writer.put(id, file, text ? textOf(file) : Optional.empty(), run);
                  }
                  writer.forgetOthers(id, run);
                  writer.note(id, noted, true);
                  rows.seen(id, now);
                  return true;
                }));
  }

  /// Notes something of an archive of which nothing could be read. What was read of it stays.
  ///
  /// @param noted what [#known] is to tell of it
  /// @throws IndexException when it cannot be written
  public void note(CopyPlace place, String noted) throws IOException {
    work(
        () ->
            inTransaction(
                () -> {
                  long id = id(place);
                  writer.note(id, noted, true);
                  rows.seen(id, now);
                  return true;
                }));
  }

  private Optional<Long> textOf(ArchivedFile file) throws SQLException {
    Optional<Long> known = converted.get(file.sha256());
    return known != null ? known : writer.textOf(file.digest());
  }

  private long id(CopyPlace place) throws SQLException {
    Optional<Long> known = rows.id(place);
    return known.isPresent() ? known.get() : writer.add(place);
  }

  /// Notes that a place in S3 was listed: which archives are there, and that others are gone.
  ///
  /// @param prefix what all its keys begin with
  /// @param there all archives of the repository in it
  /// @throws IndexException when it cannot be written
  public void listed(String bucket, String prefix, Set<CopyPlace> there) throws IOException {
    work(
        () ->
            inTransaction(
                () -> {
                  boolean tidied = !changed;
                  for (CopyPlace known : ArchiveRows.all(connection).keySet()) {
                    if (known.drive().equals(bucket)
                        && known.path().startsWith(prefix)
                        && !there.contains(known)) {
                      writer.note(id(known), "", false);
                      tidied = false;
                    }
                  }
                  rows.seen(bucket, prefix, now);
                  if (!tidied) {
                    writer.tidy();
                  }
                  changed = false;
                  return true;
                }));
  }

  private interface Work<T> {
    T done() throws SQLException;
  }

  private synchronized <T> T work(Work<T> work) throws IOException {
    try {
      return work.done();
    } catch (SQLException fault) {
      throw IndexDatabase.unusable(vatDir.resolve("index.db"), fault);
    } catch (IllegalArgumentException impossible) {
      // SQLite notices damage to its pages, not to the values in them.
      throw IndexDatabase.damaged(vatDir.resolve("index.db"), impossible);
    }
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
    writer.execute("BEGIN IMMEDIATE");
    try {
      T done = work.done();
      writer.execute("COMMIT");
      return done;
    } catch (SQLException | RuntimeException fault) {
      try {
        writer.execute("ROLLBACK");
      } catch (SQLException already) {
        fault.addSuppressed(already); // a full disk, say, makes SQLite do so itself
      }
      throw fault;
    }
  }

  @Override
  public void close() throws IOException {
    try (connection) {
      writer.close();
    } catch (SQLException fault) {
      throw IndexDatabase.unusable(vatDir.resolve("index.db"), fault);
    }
  }
}
