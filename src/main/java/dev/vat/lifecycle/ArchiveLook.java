package dev.vat.lifecycle;

import dev.vat.archive.ArchiveException;
import dev.vat.archive.ArchiveReader;
import dev.vat.archive.ReadLimits;
import dev.vat.archive.Toc;
import dev.vat.archive.TocEntry;
import dev.vat.archive.TocFile;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.project.ProjectId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds out what an archive object in S3 is: from what lies beside it where that is this
/// archive's, else from its own end.
public final class ArchiveLook {
  /// Several are read at once: bigger ones are no project's that anybody knows.
  private static final long MOST_BESIDE_BYTES = 16L << 20;

  private final ObjectStore store;

  public ArchiveLook(ObjectStore store) {
    this.store = store;
  }

  /// @param found of a listing
  /// @return empty when there is no archive object, or no longer
  /// @throws StoreException when S3 cannot be asked: what is not known is never taken for absent
  public Optional<StoredArchive> of(ArchiveListing.Found found) throws IOException {
    Optional<ObjectFacts> facts =
        found.archive().isEmpty() ? Optional.empty() : store.head(found.archive().get().key());
    if (facts.isEmpty()) {
      return Optional.empty();
    }
    Optional<ArchiveFacts> says = ArchiveFacts.of(facts.get().metadata());
    Optional<TocFile> toc = Optional.empty();
    String unknown = "there is no table of contents beside it";
    if (found.toc().isPresent()) {
      try {
        toc = beside(found.toc().get()).filter(file -> isOf(file, facts.get()));
        unknown = "the table of contents beside it is another archive's";
      } catch (ArchiveException unreadable) {
        unknown = "the table of contents beside it cannot be read: " + unreadable.getMessage();
      }
    }
    boolean isBeside = toc.isPresent();
    if (toc.isEmpty() && facts.get().summary().thaw().isReadable()) {
      try {
        toc = Optional.of(inside(facts.get(), says));
      } catch (ArchiveException noArchive) {
        unknown = noArchive.getMessage();
      }
    }
    return Optional.of(
        new StoredArchive(
            found.keys(),
            facts.get(),
            says,
            toc,
            isBeside ? found.toc() : Optional.empty(),
            found.light(),
            toc.isPresent() ? Optional.empty() : Optional.of(unknown)));
  }

  /// Whose an archive is by the table of contents beside it, where its own metadata does not tell.
  ///
  /// @param found of a listing, with the archive
  /// @return empty when there is none, or none that can be read, or it is another archive's
  Optional<ArchiveFacts> saidBeside(ArchiveListing.Found found) throws IOException {
    long archiveBytes = found.archive().orElseThrow().sizeBytes();
    try {
      Optional<TocFile> toc =
          found.toc().isPresent() && found.toc().get().sizeBytes() <= MOST_BESIDE_BYTES
              ? beside(found.toc().get())
              : Optional.empty();
      return toc.filter(file -> file.archive().sizeBytes() == archiveBytes)
          .flatMap(file -> said(file, found.keys().project()));
    } catch (ArchiveException unreadable) {
      return Optional.empty();
    } catch (StoreException fault) {
      // One that was frozen with its archive, say: the others can be asked still.
      if (fault.endsEverything()) {
        throw fault;
      }
      return Optional.empty();
    }
  }

  private static Optional<ArchiveFacts> said(TocFile file, ProjectId project) {
    if (file.repo().isEmpty() || !file.project().equals(project.value())) {
      return Optional.empty();
    }
    Collection<TocEntry.File> content = TocComparison.content(project, file.toc()).values();
    return Optional.of(
        new ArchiveFacts(
            file.repo(),
            project,
            file.toc().writer(),
            OptionalLong.of(content.size()),
            OptionalLong.of(content.stream().mapToLong(TocEntry.File::sizeBytes).sum()),
            ""));
  }

  /// An archive object by its own end, whatever lies beside it.
  StoredArchive inside(ArchiveKeys keys, ObjectFacts facts) throws IOException {
    Optional<ArchiveFacts> says = ArchiveFacts.of(facts.metadata());
    return new StoredArchive(
        keys,
        facts,
        says,
        Optional.of(inside(facts, says)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// Whether a table of contents is of that object, as far as S3 tells.
  private static boolean isOf(TocFile toc, ObjectFacts facts) {
    return toc.archive().sizeBytes() == facts.summary().sizeBytes()
        && (facts.crc32().isEmpty() || facts.crc32().getAsInt() == toc.archive().crc32());
  }

  private Optional<TocFile> beside(ObjectSummary object) throws IOException {
    if (object.sizeBytes() == 0 || object.sizeBytes() > ReadLimits.usual().tocBytes()) {
      return Optional.empty();
    }
    try (InputStream in =
        new BufferedInputStream(
            store.read(object.key(), object.etag(), 0, object.sizeBytes()), 64 * 1024)) {
      return Optional.of(TocFile.read(in, ReadLimits.usual()));
    }
  }

  /// From the archive's own end. Its checksum is what S3 says, and 0 where it says none.
  private TocFile inside(ObjectFacts facts, Optional<ArchiveFacts> says) throws IOException {
    ArchiveReader reader =
        ArchiveReader.open(new ObjectRange(store, facts.summary()), ReadLimits.usual());
    Toc toc = reader.toc();
    return new TocFile(
        says.map(one -> one.project().value()).orElse(""),
        says.map(ArchiveFacts::repo).orElse(""),
        facts.summary().lastModified(),
        new TocFile.Archive(
            facts.summary().sizeBytes(), facts.crc32().orElse(0), reader.tocOffset()),
        toc);
  }
}
