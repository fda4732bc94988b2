package dev.vat.lifecycle;

import dev.vat.archive.ArchiveWriter;
import dev.vat.archive.TocFile;
import dev.vat.cloud.ObjectStore;
import dev.vat.progress.Progress;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/// An archive in S3 that nothing beside it tells the checksum of, against the folder that it was
/// made of.
final class UnprovenArchive {
  private final ObjectStore store;
  private final ArchiveWriter writer;

  UnprovenArchive(ObjectStore store, ArchiveWriter writer) {
    this.store = store;
    this.writer = writer;
  }

  /// Its table of contents with a checksum that counts.
  ///
  /// @param toc from the archive's own end
  /// @throws IOException when it is damaged, or cannot be read
  TocFile proven(
      StoredArchive archive,
      TocFile toc,
      BackupSource source,
      BackupContents contents,
      Progress progress)
      throws IOException {
    TocFile summed = withChecksum(toc, archive, progress);
    requireWhole(summed, archive, source, contents, progress);
    return summed;
  }

  /// S3's checksum of an archive proves nothing before it is known to be that of whole content: the
  /// same archive made anew has it too, at no cost; else all of it is read.
  private void requireWhole(
      TocFile toc,
      StoredArchive archive,
      BackupSource source,
      BackupContents contents,
      Progress progress)
      throws IOException {
    CRC32 crc = new CRC32();
    try (Progress.Task task =
        progress.begin("proving " + archive.object().key(), archive.object().sizeBytes())) {
      writer.write(
          source.items(), contents, new CheckedOutputStream(new CountedNowhere(task), crc));
    }
    if ((int) crc.getValue() == toc.archive().crc32()) {
      return;
    }
    Optional<String> problem =
        new FullReading(store).problem(archive.object(), toc.toc(), progress);
    if (problem.isPresent()) {
      throw new IOException(
          archive.object().key() + " in S3 was read, and is damaged: " + problem.get());
    }
  }

  /// A server that keeps no checksums has not told one of the archive.
  private TocFile withChecksum(TocFile toc, StoredArchive archive, Progress progress)
      throws IOException {
    if (archive.facts().crc32().isPresent()) {
      return toc;
    }
    int crc32 = new FullReading(store).crc32(archive.object(), progress);
    return new TocFile(
        toc.project(),
        toc.repo(),
        toc.madeAt(),
        new TocFile.Archive(toc.archive().sizeBytes(), crc32, toc.archive().tocOffset()),
        toc.toc());
  }
}
