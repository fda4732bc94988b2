package dev.vat.archive;

import java.io.IOException;
import java.io.InputStream;

/// An archive wherever it lies: a file, or an object that is read by ranges.
public interface RangeSource {
  /// Of the whole archive, in bytes.
  long size() throws IOException;

  /// Opens a range for reading from its beginning on; who reads closes it, possibly before its
  /// end.
  ///
  /// @param offset where the range begins
  /// @param length how many bytes; more than 0, and all of them within [#size]
  /// @throws IOException when it cannot be read; also thrown by the stream, which ends only after
  ///     the last byte of the range
  InputStream read(long offset, long length) throws IOException;
}
