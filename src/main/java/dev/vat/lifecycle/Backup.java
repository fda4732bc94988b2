package dev.vat.lifecycle;

import dev.vat.archive.ArchiveItem;
import dev.vat.archive.ArchiveWriter;
import dev.vat.archive.TocFile;
import dev.vat.archive.WrittenArchive;
import dev.vat.cloud.FreezeTag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.Written;
import dev.vat.disk.FileChangedException;
import dev.vat.mhl.MhlLayout;
import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import dev.vat.state.UploadJournal;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Stores projects in S3: the archive object, straight from the disk into parts of an upload, and
/// beside it its table of contents and its light files, which stay readable when the archive is
/// frozen.
///
/// The archive gets its key in one step, when all of it is there, and only where the key is free;
/// what stands beside it follows. A run may be cut anywhere: the next one sends what is missing.
/// Whoever calls holds the project's lock.
public final class Backup {
  /// By which a bucket's life cycle rule knows what it may freeze: archives, and nothing that lies
  /// beside them.
  public static final Map<String, String> FREEZE_TAG = FreezeTag.TAGS;

  private static final String GZIP = "application/gzip";

  private final ObjectStore store;
  private final Owner owner;
  private final FileKinds kinds;
  private final ArchiveUploads uploads;
  private final InstantSource clock;
  private final BesideArchive beside;
  private final ArchiveWriter writer =
      new ArchiveWriter(Runtime.getRuntime().availableProcessors());

  /// @param store the archive bucket
  /// @param owner what the objects say of whose they are
  /// @param place server, bucket and prefix as one text, for the journal
  public Backup(
      ObjectStore store,
      Owner owner,
      FileKinds kinds,
      String place,
      UploadJournal journal,
      InstantSource clock) {
    this(store, owner, kinds, new ArchiveUploads(store, place, journal, clock), clock);
  }

  Backup(
      ObjectStore store,
      Owner owner,
      FileKinds kinds,
      ArchiveUploads uploads,
      InstantSource clock) {
    this.store = store;
    this.owner = owner;
    this.kinds = kinds;
    this.uploads = uploads;
    this.clock = clock;
    this.beside = new BesideArchive(uploads, owner, writer);
  }

  /// The size of the parts in which an archive of about so many bytes is sent.
  public static long partBytes(long bytes) {
    return ArchiveUploads.usualPartBytes(bytes);
  }

  /// @param repo the repository's name in keys
  /// @param user who stores
  public record Owner(String repo, String user) {}

  /// How it ended.
  public sealed interface Outcome {
    /// It is there, with all that belongs beside it.
    ///
    /// @param archive as S3 tells it afterwards
    /// @param sent whether it was not there before
    record Stored(StoredArchive archive, boolean sent) implements Outcome {}

    /// S3 has another content.
    record Differs(List<RelativeName> names) implements Outcome {}

    /// Somebody stored something under the key meanwhile. Nothing was changed.
    record Taken(String key) implements Outcome {}
  }

  /// Stores one.
  ///
  /// @throws FileChangedException when a file is no longer what was planned: nothing is visible
  /// @throws DamagedSourceException when one is not what its checksum history says
  /// @throws IOException for other faults; nothing is visible, or the archive is whole and what
  ///     belongs beside it comes with the next run
  public Outcome apply(BackupPlan.Store plan, Progress progress) throws IOException {
    if (store.head(plan.keys().archive()).isPresent()) {
      // What an earlier run sent can be of no more use there, and would be billed.
      uploads.abortAll(plan.keys().archive());
      return new Outcome.Taken(plan.keys().archive());
    }
    BackupSource source = BackupSource.of(plan.keys().project(), plan.source());
    BackupContents contents = contents(source);
    String what = "backing up " + plan.project();
    WrittenArchive made;
    PartStream.Finished finished;
    try (Progress.Task task = progress.begin(what, total(source));
        PartStream out =
            beside.stream(
                plan.keys(),
                ArchiveKeys.Kind.ARCHIVE,
                source,
                source.items(),
                new ObjectAttributes(
                    GZIP, beside.facts(plan.project(), source), StorageClass.STANDARD, FREEZE_TAG),
                task)) {
      made = writer.write(source.items(), contents, out);
      finished = out.finish(Guard.absent(), () -> requireUnchanged(plan.source()));
    }
    if (finished.written() instanceof Written.Refused) {
      return new Outcome.Taken(plan.keys().archive());
    }
    TocFile toc =
        new TocFile(
            plan.keys().project().value(),
            owner.repo,
            clock.instant(),
            new TocFile.Archive(finished.sizeBytes(), finished.crc32(), made.tocOffset()),
            made.toc());
    beside.light(plan.keys(), source, lightOf(source), contents, toc.toc(), progress);
    beside.toc(plan.keys(), toc, source);
    return new Outcome.Stored(looked(plan.keys(), toc), true);
  }

  /// Compares one that is there by content, and stores what is missing beside it.
  ///
  /// @throws IOException for faults; what was there is as it was
  public Outcome apply(BackupPlan.Compare plan, Progress progress) throws IOException {
    StoredArchive archive = plan.archive();
    TocFile toc = archive.toc().orElseThrow();
    TocComparison alike =
        TocComparison.of(plan.project(), plan.source().files().values(), toc.toc());
    List<RelativeName> differing = differing(plan.source(), alike, progress);
    if (!differing.isEmpty()) {
      return new Outcome.Differs(differing);
    }
    uploads.abortAll(archive.keys().archive());
    BackupSource source = BackupSource.of(archive.keys().project(), plan.source());
    if (archive.lightBeside().isEmpty() && plan.onlyThere().isEmpty()) {
      beside.light(archive.keys(), source, lightOf(source), contents(source), toc.toc(), progress);
    }
    if (archive.tocBeside().isEmpty()) {
      toc =
          new UnprovenArchive(store, writer)
              .proven(archive, toc, source, contents(source), progress);
      beside.toc(archive.keys(), toc, source);
    }
    return new Outcome.Stored(looked(archive.keys(), toc), false);
  }

  /// What proves that S3 has the checksum history of a copy, beside the archive. Where it has got
  /// longer since, it is stored with the light files.
  ///
  /// @param whole whether the copy has all that the archive has: light files are not made of less
  /// @return empty when the archive has all of it, or S3 has not, and then it stays where it is
  public Optional<CloudProof> historyProof(
      CopySource before, StoredArchive archive, boolean whole, Progress progress)
      throws IOException {
    CopySource now = CopySource.at(before.where(), before.folder(), before.onDrive(), kinds);
    ArchiveKeys keys = archive.keys();
    BackupSource source = BackupSource.of(keys.project(), now);
    List<ArchiveItem> items =
        source.items(BackupPlanner.isLight(kinds).or(file -> MhlLayout.isHistory(file.name())));
    HistoryKeeping.Storing storing =
        () ->
            beside.light(
                keys, source, items, contents(source), archive.toc().orElseThrow().toc(), progress);
    return new HistoryKeeping(store, clock)
        .proof(
            keys.project(),
            now,
            archive,
            whole ? Optional.of(storing) : Optional.empty(),
            progress);
  }

  private List<RelativeName> differing(CopySource source, TocComparison alike, Progress progress)
      throws IOException {
    long bytes = source.bytes();
    List<RelativeName> differing = new ArrayList<>();
    try (Progress.Task task = progress.begin("comparing with S3", bytes)) {
      for (TreeFile file : source.files().values()) {
        if (!Sha256Reading.of(file, task).equals(alike.alike().get(file.name()))) {
          differing.add(file.name());
        }
      }
    }
    return differing;
  }

  private BackupContents contents(BackupSource source) throws IOException {
    CopySource from = source.from();
    return new BackupContents(
        source, from.onDrive() ? CopyHistory.of(from.folder()) : CopyHistory.none());
  }

  private static long total(BackupSource source) {
    return source.files().values().stream().mapToLong(TreeFile::sizeBytes).sum();
  }

  /// Somebody may have added, removed or changed files since they were listed.
  private void requireUnchanged(CopySource before) throws IOException {
    CopySource now = CopySource.at(before.where(), before.folder(), before.onDrive(), kinds);
    for (TreeFile file : now.files().values()) {
      if (!file.equals(before.files().get(file.name()))) {
        throw new FileChangedException(file.path());
      }
    }
    for (TreeFile file : before.files().values()) {
      if (!now.files().containsKey(file.name())) {
        throw new FileChangedException(file.path());
      }
    }
    if (!now.checksums().equals(before.checksums())) {
      throw new FileChangedException(before.folder().resolve("ascmhl"));
    }
  }

  private List<ArchiveItem> lightOf(BackupSource source) {
    return source.items(BackupPlanner.isLight(kinds));
  }

  private StoredArchive looked(ArchiveKeys keys, TocFile toc) throws IOException {
    ObjectFacts facts =
        store
            .head(keys.archive())
            .orElseThrow(
                () ->
                    new IOException(
                        keys.archive() + " was stored, and is not there any more. Run it again."));
    return new StoredArchive(
        keys,
        facts,
        ArchiveFacts.of(facts.metadata()),
        Optional.of(toc),
        store.head(keys.toc()).map(ObjectFacts::summary),
        store.head(keys.light()).map(ObjectFacts::summary),
        Optional.empty());
  }
}
