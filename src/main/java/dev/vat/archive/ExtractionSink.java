package dev.vat.archive;

import java.io.IOException;
import java.io.OutputStream;

/// Receives what an archive holds, in the archive's order, on the extracting thread. Names cannot
/// leave the folder that they are resolved in; what a file system makes of two that differ only by
/// case is the sink's to find out.
public interface ExtractionSink {
  /// A folder.
  ///
  /// @throws IOException ends the extraction and is passed on
  void folder(TocEntry.Folder folder) throws IOException;

  /// Begins a file. The stream gets at most its size in bytes, and is closed before the file is
  /// completed or abandoned.
  ///
  /// @throws IOException ends the extraction and is passed on
  OutputStream begin(TocEntry.File file) throws IOException;

  /// The whole content was written, and its digest is that of the table of contents.
  ///
  /// @throws IOException ends the extraction and is passed on
  void complete(TocEntry.File file) throws IOException;

  /// What was written is not the file's content, or not all of it: it must not be kept. Also when
  /// the extraction ends by an exception.
  ///
  /// @throws IOException ends the extraction and is passed on
  void abandon(TocEntry.File file) throws IOException;
}
