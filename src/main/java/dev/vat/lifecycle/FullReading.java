package dev.vat.lifecycle;

import dev.vat.archive.ArchiveReader;
import dev.vat.archive.Extraction;
import dev.vat.archive.ExtractionSink;
import dev.vat.archive.ReadLimits;
import dev.vat.archive.Toc;
import dev.vat.archive.TocEntry;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.CRC32;

/// Proves an archive object the long way: downloads all of it. Nothing is written anywhere.
final class FullReading {
  private static final int BUFFER_BYTES = 1 << 20;

  private final ObjectStore store;

  FullReading(ObjectStore store) {
    this.store = store;
  }

  /// Reads every file of it and compares it with its digest.
  ///
  /// @param expected what has to be in it
  /// @return what is wrong, in words for users; empty when all of it is right
  /// @throws IOException when it cannot be read
  Optional<String> problem(ObjectSummary object, Toc expected, Progress progress)
      throws IOException {
    ArchiveReader reader = ArchiveReader.open(new ObjectRange(store, object), ReadLimits.usual());
    if (!reader.toc().entries().equals(expected.entries())) {
      return Optional.of("the archive does not hold what the table of contents beside it says");
    }
    try (Progress.Task task = progress.begin("reading " + object.key(), object.sizeBytes())) {
      Extraction extraction = reader.extract(new Nowhere(task));
      if (extraction.isWhole()) {
        return Optional.empty();
      }
      return Optional.of(
          extraction.problem().orElse("")
              + extraction.notExtracted().stream()
                  .findFirst()
                  .map(one -> one.name() + ": " + one.why())
                  .orElse(""));
    }
  }

  /// The checksum of the whole object.
  int crc32(ObjectSummary object, Progress progress) throws IOException {
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (Progress.Task task = progress.begin("reading " + object.key(), object.sizeBytes());
        InputStream in = store.read(object.key(), object.etag(), 0, object.sizeBytes())) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        crc.update(buffer, 0, count);
        task.advance(count);
      }
    }
    return (int) crc.getValue();
  }

  private record Nowhere(Progress.Task task) implements ExtractionSink {
    @Override
    public void folder(TocEntry.Folder folder) {
      // Nothing is made.
    }

    @Override
    public OutputStream begin(TocEntry.File file) {
      return new CountedNowhere(task);
    }

    @Override
    public void complete(TocEntry.File file) {
      // The reader has proven it.
    }

    @Override
    public void abandon(TocEntry.File file) {
      // The reader tells it.
    }
  }
}
