package dev.vat.lifecycle;

import dev.vat.archive.ArchiveException;
import dev.vat.archive.ArchiveReader;
import dev.vat.archive.ReadLimits;
import dev.vat.archive.Toc;
import dev.vat.archive.TocEntry;
import dev.vat.archive.TocFile;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.disk.Parallel;
import dev.vat.index.ArchiveFeeding;
import dev.vat.index.ArchivedFile;
import dev.vat.progress.Progress;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// Reads what archives in S3 hold into the index, from what lies beside them: names, sizes, times
/// and digests from `<id>.toc.json`, texts from `<id>.light.tar.gz`. Nothing is thawed, nothing in
/// S3 is changed.
///
/// Whose sidecars are missing, damaged or another archive's is read from its own end, unless it is
/// frozen. An archive is in the index as a whole or as it was before, so a run that is cut goes on
/// at the next one.
public final class Adoption {
  private static final int AT_ONCE = 8;

  /// Tables of contents are in memory as a whole: those of so many bytes at once.
  private static final int TOC_BYTES_AT_ONCE = 32 << 20;

  private final ObjectStore store;
  private final String repo;
  private final ArchiveFeeding index;
  private final Progress progress;

  /// @param repo the repository's name in keys
  public Adoption(ObjectStore store, String repo, ArchiveFeeding index, Progress progress) {
    this.store = store;
    this.repo = repo;
    this.index = index;
    this.progress = progress;
  }

  /// Reads them, several at once.
  ///
  /// @param mostBytes so many are fetched, or a little more: what is left is counted
  /// @throws StoreException when S3 cannot be asked any more; what was read by then is known
  /// @throws dev.vat.index.IndexException when the index cannot be written
  public Adopted read(AdoptionPlan plan, long mostBytes) throws IOException {
    try (Progress.Task task =
        progress.begin(
            "reading what is in " + plan.toRead().size() + " archives", plan.mostBytes())) {
      Run run = new Run(task, mostBytes);
      Parallel.forEach(plan.toRead(), AT_ONCE, run::archive);
      index.listed(plan.bucket(), plan.prefix(), plan.there());
      return run.adopted();
    }
  }

  /// A table of contents, and what was wrong with finding it.
  private record Table(Optional<Toc> toc, Optional<String> problem, long fetchedBytes) {}

  private final class Run {
    private final Progress.Task task;
    private final long mostBytes;
    private final Semaphore tables = new Semaphore(TOC_BYTES_AT_ONCE);
    private final AtomicLong promised = new AtomicLong();
    private final AtomicLong fetched = new AtomicLong();
    private final List<Adopted.Problem> problems = new ArrayList<>();
    private int read;
    private int left;
    private long leftBytes;
    private long files;
    private long texts;

    private Run(Progress.Task task, long mostBytes) {
      this.task = task;
      this.mostBytes = mostBytes;
    }

    private synchronized Adopted adopted() {
      return new Adopted(read, left, leftBytes, files, texts, fetched.get(), problems);
    }

    private void archive(AdoptionPlan.Item item) throws IOException {
      if (!mayFetch(item.tocBytes())) {
        left(item);
        return;
      }
      // What is in the archive alone is packed: nobody knows how big it is.
      int weight =
          item.found().toc().isEmpty()
              ? TOC_BYTES_AT_ONCE
              : (int) Math.clamp(item.tocBytes(), 1, TOC_BYTES_AT_ONCE);
      tables.acquireUninterruptibly(weight);
      try {
        Table table = table(item);
        fetched.addAndGet(table.fetchedBytes());
        task.advance(table.fetchedBytes());
        if (table.toc().isEmpty()) {
          index.note(item.place(), AdoptionPlan.partly(item.version()));
          problem(item, table.problem().orElse("nothing tells what is in it"), true);
          skip(item, table.fetchedBytes());
        } else {
          contents(item, table, table.toc().get());
        }
      } finally {
        tables.release(weight);
      }
    }

    private void contents(AdoptionPlan.Item item, Table table, Toc toc) throws IOException {
      SortedMap<RelativeName, TocEntry.File> content =
          TocComparison.content(item.found().keys().project(), toc);
      Iterable<ArchivedFile> listed =
          () -> content.entrySet().stream().map(Adoption::file).iterator();
      List<String> why = new ArrayList<>(table.problem().stream().toList());
      List<ArchivedFile> wanted =
          index.wanted(
              listed,
              many -> {
                if (many > 0) {
                  why.add(
                      "the text of " + many + " files is not searched, there is too much of it");
                }
              });
      if (!mayFetch(wanted.stream().mapToLong(ArchivedFile::sizeBytes).sum())) {
        left(item);
        return;
      }
      ArchiveTexts reading = new ArchiveTexts(store, item.found());
      AtomicLong found = new AtomicLong();
      List<ArchivedFile> unread =
          reading.read(wanted, (file, text) -> found.addAndGet(index.text(file, text) ? 1 : 0));
      fetched.addAndGet(reading.fetchedBytes());
      task.advance(reading.fetchedBytes());
      skip(item, table.fetchedBytes() + reading.fetchedBytes());
      why.addAll(reading.problems());
      if (!unread.isEmpty() && reading.problems().isEmpty()) {
        why.add("the text of " + unread.size() + " files is in nothing of it that can be read now");
      }
      index.put(
          item.place(),
          unread.isEmpty() ? item.version() : AdoptionPlan.partly(item.version()),
          listed);
      synchronized (this) {
        read++;
        files += content.size();
        texts += found.get();
      }
      why.forEach(one -> problem(item, one, false));
    }

    /// Whether there is room for so much more.
    private boolean mayFetch(long bytes) {
      return bytes == 0 || promised.addAndGet(bytes) <= mostBytes;
    }

    private synchronized void left(AdoptionPlan.Item item) {
      left++;
      leftBytes += item.mostBytes();
    }

    private synchronized void problem(AdoptionPlan.Item item, String why, boolean unread) {
      problems.add(
          new Adopted.Problem(item.found().keys().project(), item.archive().key(), why, unread));
    }

    /// What of the archive's share nobody had to read.
    private void skip(AdoptionPlan.Item item, long fetchedBytes) {
      task.skip(Math.max(0, item.mostBytes() - fetchedBytes));
    }
  }

  private static ArchivedFile file(Map.Entry<RelativeName, TocEntry.File> entry) {
    TocEntry.File file = entry.getValue();
    return new ArchivedFile(
        entry.getKey(), file.sizeBytes(), file.modifiedAt(), file.digest().hex());
  }

  /// From beside the archive, else from its own end.
  private Table table(AdoptionPlan.Item item) throws IOException {
    Optional<String> problem = Optional.empty();
    long fetched = 0;
    if (item.found().toc().isPresent()) {
      ObjectRange range = new ObjectRange(store, item.found().toc().get());
      if (range.size() == 0) {
        return inside(item, Optional.of("the table of contents beside it is empty"), 0);
      }
      try {
        TocFile file = beside(range);
        Optional<String> strange = strange(file, item);
        if (strange.isEmpty()) {
          return new Table(Optional.of(file.toc()), Optional.empty(), range.fetchedBytes());
        }
        problem = strange;
      } catch (ArchiveException | StoreException fault) {
        requireOnlyThis(fault);
        problem =
            Optional.of("the table of contents beside it cannot be read: " + fault.getMessage());
      }
      fetched = range.fetchedBytes();
    }
    return inside(item, problem, fetched);
  }

  private static TocFile beside(ObjectRange range) throws IOException {
    try (InputStream in = new BufferedInputStream(range.read(0, range.size()), 64 * 1024)) {
      return TocFile.read(in, ReadLimits.usual());
    }
  }

  /// Why it is not the table of that archive. Its metadata has said whose the archive is.
  private Optional<String> strange(TocFile file, AdoptionPlan.Item item) {
    ProjectId project = item.found().keys().project();
    boolean same =
        file.archive().sizeBytes() == item.archive().sizeBytes()
            && file.project().equals(project.value())
            && file.repo().equals(repo);
    return same
        ? Optional.empty()
        : Optional.of("the table of contents beside it is another archive's");
  }

  private Table inside(AdoptionPlan.Item item, Optional<String> problem, long fetched)
      throws IOException {
    if (!item.archive().thaw().isReadable()) {
      return new Table(
          Optional.empty(),
          Optional.of(
              problem.orElse("there is no table of contents beside it")
                  + ", and it is frozen ("
                  + item.archive().storageClass()
                  + "), so that nothing tells what is in it until it is thawed"),
          fetched);
    }
    ObjectRange range = new ObjectRange(store, item.archive());
    try {
      Toc toc = ArchiveReader.open(range, ReadLimits.usual()).toc();
      return new Table(
          Optional.of(toc),
          problem.map(what -> what + "; the archive itself was asked instead"),
          fetched + range.fetchedBytes());
    } catch (ArchiveException | StoreException fault) {
      requireOnlyThis(fault);
      return new Table(
          Optional.empty(),
          Optional.of(
              problem.orElse("there is no table of contents beside it")
                  + ", and it cannot be read itself: "
                  + fault.getMessage()),
          fetched + range.fetchedBytes());
    }
  }

  /// What would meet every other archive as well ends all.
  private static void requireOnlyThis(IOException fault) throws IOException {
    if (fault instanceof StoreException store && store.endsEverything()) {
      throw store;
    }
  }
}
