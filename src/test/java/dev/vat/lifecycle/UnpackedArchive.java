package dev.vat.lifecycle;

import dev.vat.archive.ArchiveReader;
import dev.vat.archive.Extraction;
import dev.vat.archive.ExtractionSink;
import dev.vat.archive.RangeSource;
import dev.vat.archive.ReadLimits;
import dev.vat.archive.TocEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/// A small archive, unpacked into memory.
final class UnpackedArchive {
  private final Map<String, byte[]> files = new TreeMap<>();

  UnpackedArchive(RangeSource source) throws IOException {
    Extraction extraction =
        ArchiveReader.open(source, ReadLimits.usual())
            .extract(
                new ExtractionSink() {
                  private ByteArrayOutputStream content;

                  @Override
                  public void folder(TocEntry.Folder folder) {
                    // Only files count here.
                  }

                  @Override
                  public OutputStream begin(TocEntry.File file) {
                    content = new ByteArrayOutputStream();
                    return content;
                  }

                  @Override
                  public void complete(TocEntry.File file) {
                    files.put(file.name().value(), content.toByteArray());
                  }

                  @Override
                  public void abandon(TocEntry.File file) {
                    throw new AssertionError("damaged: " + file.name());
                  }
                });
    if (!extraction.isWhole()) {
      throw new AssertionError(extraction);
    }
  }

  Map<String, byte[]> files() {
    return files;
  }
}
