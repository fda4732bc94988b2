package dev.vat.archive;

import java.io.IOException;
import java.io.InputStream;

/// Where the contents of the files to be archived come from.
public interface Contents {
  /// Opens a file; it is read once, from its beginning to its end, on another thread than the
  /// caller's, and closed there. One file is open at a time.
  ///
  /// @throws IOException ends the writing and is passed on
  InputStream open(ArchiveItem.File file) throws IOException;
}
