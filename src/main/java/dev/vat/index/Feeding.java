package dev.vat.index;

import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectTree;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import dev.vat.project.TreeVisitor;
import dev.vat.project.UnreadFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Keeps the index as the places are: reads copies that look otherwise than when they were last
/// read, and of those only files that are new or changed.
///
/// What was known of a place that could not be looked at stays, and so does what was in a copy that
/// is gone, until the same files are found in another one of the project: text of a project that
/// left stays findable.
public final class Feeding {
  /// More text than this in one copy is data, not what somebody said: the names stay findable.
  static final long MOST_TEXT_BYTES = 64L * 1024 * 1024;

  private final Path vatDir;
  private final FileKinds kinds;
  private final Progress progress;

  /// @param vatDir the repository's `.vat`
  public Feeding(Path vatDir, FileKinds kinds, Progress progress) {
    this.vatDir = vatDir;
    this.kinds = kinds;
    this.progress = progress;
  }

  /// What came of it.
  ///
  /// @param copiesRead those that had changed
  /// @param files those that were new or changed in them
  /// @param texts whose text was read
  /// @param media whose header told something
  /// @param remarks in words for users
  public record Fed(int copiesRead, long files, long texts, long media, List<String> remarks) {
    public Fed {
      remarks = List.copyOf(remarks);
    }

    private Fed with(String remark) {
      List<String> more = new ArrayList<>(remarks);
      more.addFirst(remark);
      return new Fed(copiesRead, files, texts, media, more);
    }
  }

  /// Feeds what a look found. Call it under the lock that keeps a second run out. Cut in the
  /// middle, the copies that were read stay read.
  ///
  /// @param seen every copy in the repository, and every one on the drives that were looked at
  /// @param drives those that were looked at as a whole, as [CopyPlace] names them
  /// @throws IndexException when the index cannot be written
  public Fed feed(List<SeenCopy> seen, Set<String> drives, Instant now) throws IOException {
    try {
      return feedOnce(seen, drives, now);
    } catch (IndexException fault) {
      if (!fault.isDamaged()) {
        throw fault;
      }
      // The first pages were whole, others are not.
      String remark = IndexDatabase.putAside(vatDir, fault);
      return feedOnce(seen, drives, now).with(remark);
    }
  }

  private Fed feedOnce(List<SeenCopy> seen, Set<String> drives, Instant now) throws IOException {
    IndexDatabase.Opened opened = IndexDatabase.toWrite(vatDir);
    try (Connection connection = opened.connection();
        IndexWriter writer = new IndexWriter(connection)) {
      Run run = new Run(writer);
      opened.remark().ifPresent(run.remarks::add);
      run.feed(seen, drives, now);
      return run.fed();
    } catch (SQLException fault) {
      throw IndexDatabase.unusable(vatDir.resolve("index.db"), fault);
    }
  }

  private final class Run {
    private final IndexWriter writer;
    private final List<String> remarks = new ArrayList<>();
    private int copiesRead;
    private long files;
    private long texts;
    private long media;

    private Run(IndexWriter writer) {
      this.writer = writer;
    }

    private Fed fed() {
      return new Fed(copiesRead, files, texts, media, remarks);
    }

    private void feed(List<SeenCopy> seen, Set<String> drives, Instant now)
        throws SQLException, IOException {
      Map<CopyPlace, IndexWriter.Noted> noted = noted();
      List<SeenCopy> changed = new ArrayList<>();
      Set<CopyPlace> there = new HashSet<>();
      Map<String, Set<String>> unread = new HashMap<>();
      for (SeenCopy copy : seen) {
        there.add(copy.place());
        if (!copy.isListed()) {
          unread
              .computeIfAbsent(copy.place().drive(), _ -> new HashSet<>())
              .add(copy.place().path());
        }
        IndexWriter.Noted known = noted.get(copy.place());
        if (copy.isListed()
            && (known == null
                || !known.present()
                || !known.fingerprint().equals(copy.fingerprint()))) {
          changed.add(copy);
        }
      }
      boolean left = leave(noted, there, unread, drives);
      try (Progress.Task _ = progress.begin("indexing " + changed.size() + " folders", -1)) {
        for (SeenCopy copy : changed) {
          read(copy, Optional.ofNullable(noted.get(copy.place())));
        }
      }
      writer.execute("BEGIN IMMEDIATE");
      writer.seen(false, "", now);
      for (String drive : drives) {
        writer.seen(true, drive, now);
      }
      if (left || !changed.isEmpty()) {
        writer.tidy();
      }
      writer.execute("COMMIT");
    }

    private Map<CopyPlace, IndexWriter.Noted> noted() throws SQLException, IOException {
      try {
        return writer.places();
      } catch (IllegalArgumentException impossible) {
        // SQLite notices damage to its pages, not to the values in them.
        throw IndexDatabase.damaged(vatDir.resolve("index.db"), impossible);
      }
    }

    /// Notes which copies are gone from the places that were looked at.
    private boolean leave(
        Map<CopyPlace, IndexWriter.Noted> noted,
        Set<CopyPlace> there,
        Map<String, Set<String>> unread,
        Set<String> drives)
        throws SQLException {
      boolean any = false;
      writer.execute("BEGIN IMMEDIATE");
      for (Map.Entry<CopyPlace, IndexWriter.Noted> one : noted.entrySet()) {
        CopyPlace place = one.getKey();
        boolean lookedAt =
            switch (place.kind()) {
              case LOCAL, ARCHIVED -> true;
              case SSD -> drives.contains(place.drive());
              case S3 -> false; // told by ArchiveFeeding
            };
        boolean seen =
            there.contains(place)
                || new UnreadFolders(unread.getOrDefault(place.drive(), Set.of()))
                    .cover(place.path());
        if (lookedAt && one.getValue().present() && !seen) {
          writer.note(one.getValue().id(), "", false);
          any = true;
        }
      }
      writer.execute("COMMIT");
      return any;
    }

    private void read(SeenCopy copy, Optional<IndexWriter.Noted> noted)
        throws SQLException, IOException {
      writer.execute("BEGIN IMMEDIATE");
      try {
        long place = noted.isPresent() ? noted.get().id() : writer.add(copy.place());
        Reading reading = new Reading(place, writer.nextRun(place));
        new ProjectTree(copy.folder(), kinds).walk(reading);
        if (reading.listed) {
          writer.forgetOthers(place, reading.run);
        }
        writer.note(place, reading.complete ? reading.fingerprint.value() : "", true);
        writer.execute("COMMIT");
        copiesRead++;
        if (reading.textsLeftOut > 0) {
          remarks.add(
              "%s: the text of %d files is not searched, there is too much of it; their names are"
                  .formatted(copy.place().project(), reading.textsLeftOut));
        }
      } catch (IndexException | SQLException | RuntimeException fault) {
        undo(fault);
        throw fault;
      } catch (IOException gone) {
        // Unplugged, say: what was known of it stays.
        writer.execute("ROLLBACK");
        remarks.add(copy.place().project() + " was not indexed: " + gone.getMessage());
      }
    }

    /// Takes back what the fault left half done.
    private void undo(Exception fault) {
      try {
        writer.execute("ROLLBACK");
      } catch (SQLException already) {
        fault.addSuppressed(already); // a full disk, say, makes SQLite do so itself
      }
    }

    /// One walk through a copy.
    private final class Reading implements TreeVisitor {
      private final long place;
      private final long run;
      private final Fingerprint fingerprint = new Fingerprint();
      private boolean listed = true;
      private boolean complete = true;
      private long textBytes;
      private long textsLeftOut;

      private Reading(long place, long run) {
        this.place = place;
        this.run = run;
      }

      @Override
      public void file(TreeFile file) throws IOException {
        if (FileKinds.isChecksum(file.name())) {
          return;
        }
        fingerprint.add(file);
        boolean text = TextFiles.is(file);
        if (text) {
          textBytes += file.sizeBytes();
        }
        try {
          if (!writer.unchanged(place, file, run)) {
            put(file, text);
          }
        } catch (SQLException fault) {
          throw IndexDatabase.unusable(vatDir.resolve("index.db"), fault);
        }
      }

      private void put(TreeFile file, boolean isText) throws SQLException {
        Optional<String> text = Optional.empty();
        MediaFacts facts = MediaFacts.UNKNOWN;
        boolean readable = true;
        try {
          if (isText && textBytes > MOST_TEXT_BYTES) {
            textsLeftOut++;
          } else if (isText) {
            text = TextFiles.textOf(file);
          } else if (FileKinds.isMedia(file.name().fileName())) {
            facts = MediaHeader.of(file.path());
          }
        } catch (IOException unreadable) {
          readable = false; // its name is there; the next look tries again
          complete = false;
        }
        writer.put(place, file, readable, text, facts, run);
        files++;
        texts += text.isPresent() ? 1 : 0;
        media += facts.known() ? 1 : 0;
      }

      @Override
      public void remark(TreeRemark remark) {
        if (remark instanceof TreeRemark.Unreadable) {
          listed = false; // what is below is not gone
          complete = false;
        }
      }
    }
  }
}
