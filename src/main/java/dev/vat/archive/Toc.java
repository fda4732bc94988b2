package dev.vat.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/// An archive's table of contents.
///
/// @param writer which program laid the archive out, and in which version of its layout: the same
///     tree gives the same bytes as long as this stays the same. Empty where it is not told
/// @param entries in the order of the archive, without the table itself
public record Toc(String writer, List<TocEntry> entries) {
  /// The name that the format gives the table, which no file of an archive can have.
  public static final String NAME = "stargz.index.json";

  public Toc {
    entries = List.copyOf(entries);
  }

  /// The files, without folders.
  public List<TocEntry.File> files() {
    return entries.stream()
        .filter(TocEntry.File.class::isInstance)
        .map(TocEntry.File.class::cast)
        .toList();
  }

  /// Writes the JSON of the format, the same bytes for the same table. The stream stays open.
  public void write(OutputStream out) throws IOException {
    TocWriter.write(this, out);
  }

  /// Reads that JSON, which may be anybody's. The stream stays open.
  ///
  /// @throws ArchiveException.Refused when it says what no archive of ours may hold, or too much
  /// @throws ArchiveException.Damaged when it is not such a table
  public static Toc read(InputStream in, ReadLimits limits) throws IOException {
    return TocReader.read(in, limits);
  }
}
