package dev.vat.lifecycle;

import dev.vat.archive.ArchiveItem;
import dev.vat.archive.ArchiveWriter;
import dev.vat.archive.ReadLimits;
import dev.vat.archive.Sha256;
import dev.vat.archive.Toc;
import dev.vat.archive.TocEntry;
import dev.vat.archive.TocFile;
import dev.vat.archive.WrittenArchive;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.Written;
import dev.vat.disk.FileChangedException;
import dev.vat.mhl.MhlLayout;
import dev.vat.progress.Progress;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Stores what lies beside an archive: its light files and its table of contents, which stay
/// readable when it is frozen. They are made of it, and replaced by what is made anew; by nobody
/// unseen.
final class BesideArchive {
  private static final String GZIP = "application/gzip";
  private static final String JSON = "application/json";

  private final ArchiveUploads uploads;
  private final Backup.Owner owner;
  private final ArchiveWriter writer;

  BesideArchive(ArchiveUploads uploads, Backup.Owner owner, ArchiveWriter writer) {
    this.uploads = uploads;
    this.owner = owner;
    this.writer = writer;
  }

  /// What an object says of itself.
  Map<String, String> facts(ProjectId project, BackupSource source) {
    return new ArchiveFacts(
            owner.repo(),
            project,
            ArchiveWriter.WRITER,
            OptionalLong.of(source.from().files().size()),
            OptionalLong.of(source.contentBytes()),
            owner.user())
        .metadata();
  }

  /// Where an object's bytes go.
  PartStream stream(
      ArchiveKeys keys,
      ArchiveKeys.Kind kind,
      BackupSource source,
      List<ArchiveItem> items,
      ObjectAttributes attributes,
      Progress.Task task)
      throws IOException {
    return new PartStream(
        uploads,
        keys.key(kind),
        attributes,
        new ArchiveUploads.Subject(source.from().folder(), source.listing(items)),
        ArchiveWriter.largestSize(items),
        task);
  }

  /// Stores the light files, unless there are none.
  ///
  /// @param whole the table of contents of the archive: each has to be what that says
  void light(
      ArchiveKeys keys,
      BackupSource source,
      List<ArchiveItem> items,
      BackupContents contents,
      Toc whole,
      Progress progress)
      throws IOException {
    if (items.isEmpty()) {
      return;
    }
    ObjectAttributes attributes = new ObjectAttributes(GZIP, facts(keys.project(), source));
    try (Progress.Task task = progress.begin("light files of " + keys.project(), -1);
        PartStream out = stream(keys, ArchiveKeys.Kind.LIGHT, source, items, attributes, task)) {
      WrittenArchive light = writer.write(items, contents, out);
      Map<RelativeName, Sha256> digests = new HashMap<>();
      whole.files().forEach(file -> digests.put(file.name(), file.digest()));
      requireStored(
          out.finish(guard(keys.light()), () -> requireSame(light.toc(), digests, source)),
          keys.light());
    }
  }

  private static void requireSame(Toc light, Map<RelativeName, Sha256> digests, BackupSource source)
      throws IOException {
    for (TocEntry.File file : light.files()) {
      TreeFile here = source.files().get(file.name());
      if (!MhlLayout.isHistory(here.name()) && !file.digest().equals(digests.get(file.name()))) {
        throw new FileChangedException(here.path());
      }
    }
  }

  /// Stores the table of contents.
  void toc(ArchiveKeys keys, TocFile toc, BackupSource source) throws IOException {
    Map<String, String> metadata =
        new ArchiveFacts(
                owner.repo(),
                keys.project(),
                toc.toc().writer(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                owner.user())
            .metadata();
    try (Progress.Task task = Progress.none().begin("", -1);
        PartStream out =
            new PartStream(
                uploads,
                keys.toc(),
                new ObjectAttributes(JSON, metadata),
                new ArchiveUploads.Subject(source.from().folder(), source.listing(source.items())),
                ReadLimits.usual().tocBytes(),
                task)) {
      toc.write(out);
      requireStored(out.finish(guard(keys.toc()), () -> {}), keys.toc());
    }
  }

  /// What lies beside an archive is made of it, and replaced by what is made anew; by nobody
  /// unseen.
  private Guard guard(String key) throws IOException {
    Optional<ObjectFacts> there = uploads.store().head(key);
    return there.isEmpty() ? Guard.absent() : Guard.unchanged(there.get().summary().etag());
  }

  private static void requireStored(PartStream.Finished finished, String key) throws IOException {
    if (finished.written() instanceof Written.Refused) {
      throw new IOException(
          "Somebody else stored "
              + key
              + " in this moment. Run it again to look at what is there.");
    }
  }
}
