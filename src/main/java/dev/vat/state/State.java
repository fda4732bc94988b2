package dev.vat.state;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;

/// What `vat` remembers on this machine for one repository, in `.vat/state.db` (SQLite).
///
/// A cache: deleting it costs time, never a file. Thread-safe, and any number of processes may have
/// it open. What was written survives the end of the process, however it ends; after a power cut
/// the last moments may be missing, and the rest is whole.
public final class State implements AutoCloseable {
  private final Database database;
  private final InstantSource clock;
  private final Optional<String> remark;

  private State(Database database, InstantSource clock, Optional<String> remark) {
    this.database = database;
    this.clock = clock;
    this.remark = remark;
  }

  /// Opens it, and creates it where there is none.
  ///
  /// A damaged database is put aside as `state.db.damaged-TIME` and a new one begun: see
  /// [#remark()].
  ///
  /// @param vatDir the repository's `.vat` folder, created (ignored by git) when missing
  /// @throws StateException when it cannot be opened or made, or a newer `vat` wrote it
  public static State open(Path vatDir, InstantSource clock) throws IOException {
    try {
      prepare(vatDir);
    } catch (IOException fault) {
      throw new StateException(
          vatDir
              + " cannot be written: "
              + fault.getMessage()
              + ". Is the disk full or write-protected?",
          fault);
    }
    StateFile.Opened opened = new StateFile(vatDir.toAbsolutePath(), clock).open();
    State state = new State(opened.database(), clock, opened.remark());
    try {
      state.hashes().forgetUnseen();
      state.partEtags().forgetUnseen();
      state.copiedSources().forgetUnseen();
      return state;
    } catch (IOException | RuntimeException fault) {
      state.close();
      throw fault;
    }
  }

  /// Opens a copy in memory, for runs that must not change anything (`--dry-run`): what is there
  /// can be read, what is written is forgotten when it is closed. Neither folder nor file is
  /// created or changed. What cannot be read counts as not there, and [#remark()] says so.
  public static State copyForLooking(Path vatDir, InstantSource clock) throws IOException {
    MemoryCopy copy = MemoryCopy.of(vatDir.toAbsolutePath().resolve("state.db"));
    return new State(copy.database(), clock, copy.remark());
  }

  /// What to tell the user about the opening, if anything.
  public Optional<String> remark() {
    return remark;
  }

  /// Hashes of local files that were computed earlier.
  public HashCache hashes() {
    return new HashCache(database, clock);
  }

  /// ETags that local files would have, computed earlier.
  public PartEtags partEtags() {
    return new PartEtags(database, clock);
  }

  /// What both sides last agreed on.
  public StagingBases bases() {
    return new StagingBases(database);
  }

  /// The team's notes as they were last read from S3.
  public NotesCache notes() {
    return new NotesCache(database);
  }

  /// Our own uploads in parts that are under way.
  public UploadJournal uploads() {
    return new UploadJournal(database);
  }

  /// Downloads that are under way.
  public DownloadJournal downloads() {
    return new DownloadJournal(database);
  }

  /// What S3-compatible servers can do.
  public ServerConditions serverConditions() {
    return new ServerConditions(database, clock);
  }

  /// How fast uploads went.
  public LineRates lineRates() {
    return new LineRates(database, clock);
  }

  /// The light files that were last taken from a copy on a drive.
  public PulledFiles pulled() {
    return new PulledFiles(database);
  }

  /// What local files were when they were copied.
  public CopiedSources copiedSources() {
    return new CopiedSources(database, clock);
  }

  /// Changes of storage classes that are under way.
  public ClassChangeJournal classChanges() {
    return new ClassChangeJournal(database);
  }

  /// Thaws that were asked for on this computer.
  public ThawJournal thaws() {
    return new ThawJournal(database);
  }

  @Override
  public void close() throws StateException {
    database.close();
  }

  /// Makes `.vat` with a `.gitignore` inside, so that git never sees it whatever the repository's
  /// own `.gitignore` says.
  static void prepare(Path vatDir) throws IOException {
    Files.createDirectories(vatDir);
    Path ignore = vatDir.resolve(".gitignore");
    if (Files.notExists(ignore)) {
      try {
        Files.writeString(ignore, "*\n", StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException another) {
        return; // one is opening it too, at this very moment
      }
    }
  }

  /// What [#copyForLooking] reads.
  private record MemoryCopy(Database database, Optional<String> remark) {
    static MemoryCopy of(Path file) throws IOException {
      try {
        Connection memory = StateFile.connectTo("jdbc:sqlite::memory:", 0);
        Schema.migrate(memory);
        Database database = new Database(memory, "the copy of " + file, () -> {});
        return new MemoryCopy(database, Files.exists(file) ? fill(memory, file) : Optional.empty());
      } catch (SQLException fault) {
        throw new StateException("SQLite does not start: " + fault.getMessage(), fault);
      }
    }

    private static Optional<String> fill(Connection memory, Path file) throws SQLException {
      // With a journal beside it, others have it open or were cut: it must be read as well. Without
      // one nothing but the file counts, and "immutable" keeps SQLite from making the other files.
      boolean journal = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
      String uri = file.toUri() + (journal ? "?mode=ro" : "?immutable=1");
      try (var attach = memory.prepareStatement("ATTACH ? AS disk")) {
        attach.setString(1, uri);
        attach.execute();
      } catch (SQLException unreadable) {
        return unread(file, unreadable.getMessage());
      }
      Database.execute(memory, "BEGIN");
      Optional<String> remark = copy(memory, file);
      Database.execute(memory, remark.isEmpty() ? "COMMIT" : "ROLLBACK");
      Database.execute(memory, "DETACH disk");
      return remark;
    }

    private static Optional<String> copy(Connection memory, Path file) {
      try {
        if (Schema.versionOf(memory, "disk") != Schema.VERSION) {
          return unread(file, "it was written by another version of vat");
        }
        for (String table : Schema.TABLES) {
          Database.execute(memory, "INSERT INTO main." + table + " SELECT * FROM disk." + table);
        }
        return Optional.empty();
      } catch (SQLException unreadable) {
        return unread(file, unreadable.getMessage());
      }
    }

    private static Optional<String> unread(Path file, String why) {
      return Optional.of(
          "vat's notes in " + file + " were not used: " + why + ". Files were read again.");
    }
  }
}
