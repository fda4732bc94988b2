package dev.vat.lifecycle;

import dev.vat.archive.ArchiveException;
import dev.vat.archive.ArchiveReader;
import dev.vat.archive.ReadLimits;
import dev.vat.archive.TocEntry;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.index.ArchivedFile;
import dev.vat.project.RelativeName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads small files of one archive: from the light files beside it, and what is not there from the
/// archive itself, where that can be read. Every file is proven by the digest that the archive's
/// table of contents has.
final class ArchiveTexts {
  /// More of one archive say nothing more.
  private static final int MOST_PROBLEMS = 4;

  private final ObjectStore store;
  private final ArchiveListing.Found found;
  private final List<String> problems = new ArrayList<>();
  private long fetchedBytes;

  ArchiveTexts(ObjectStore store, ArchiveListing.Found found) {
    this.store = store;
    this.found = found;
  }

  /// Gets each file once it is proven.
  interface Sink {
    void text(ArchivedFile file, byte[] content) throws IOException;
  }

  /// Reads them, in the order of the archive.
  ///
  /// @return those that could not be read; [#problems] tells why
  /// @throws IOException when S3 cannot be asked any more, or the sink throws it
  List<ArchivedFile> read(List<ArchivedFile> wanted, Sink sink) throws IOException {
    Set<ArchivedFile> left = new LinkedHashSet<>(wanted);
    if (!left.isEmpty() && found.light().isPresent()) {
      from(found.light().get(), "the light files beside it", left, sink);
    }
    if (!left.isEmpty() && found.archive().isPresent()) {
      from(found.archive().get(), "the archive", left, sink);
    }
    return List.copyOf(left);
  }

  /// What was wrong, for users.
  List<String> problems() {
    return List.copyOf(problems);
  }

  /// How many bytes S3 sent.
  long fetchedBytes() {
    return fetchedBytes;
  }

  private void from(ObjectSummary object, String what, Set<ArchivedFile> left, Sink sink)
      throws IOException {
    if (!object.thaw().isReadable()) {
      return;
    }
    ObjectRange range = new ObjectRange(store, object);
    try {
      ArchiveReader reader = ArchiveReader.open(new WindowedRange(range), ReadLimits.usual());
      Map<RelativeName, TocEntry.File> there =
          TocComparison.content(found.keys().project(), reader.toc());
      for (Iterator<ArchivedFile> each = left.iterator(); each.hasNext(); ) {
        ArchivedFile file = each.next();
        TocEntry.File entry = there.get(file.name());
        if (entry != null
            && entry.sizeBytes() == file.sizeBytes()
            && entry.digest().hex().equals(file.sha256())
            && read(reader, entry, what, file, sink)) {
          each.remove();
        }
      }
    } catch (ArchiveException unreadable) {
      problem(what + " cannot be read: " + unreadable.getMessage());
    } catch (StoreException fault) {
      if (fault.endsEverything()) {
        throw fault;
      }
      problem(what + " cannot be read: " + fault.getMessage());
    } finally {
      fetchedBytes += range.fetchedBytes();
    }
  }

  private void problem(String words) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(words);
    }
  }

  private boolean read(
      ArchiveReader reader, TocEntry.File entry, String what, ArchivedFile file, Sink sink)
      throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream((int) file.sizeBytes());
    try {
      reader.read(entry, content);
    } catch (ArchiveException.Damaged damaged) {
      problem(file.name() + " in " + what + " is damaged");
      return false;
    }
    sink.text(file, content.toByteArray());
    return true;
  }
}
