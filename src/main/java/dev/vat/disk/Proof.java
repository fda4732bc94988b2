package dev.vat.disk;

import java.io.IOException;
import java.nio.file.Path;

/// Whether a file is the one that a decision was about.
@FunctionalInterface
public interface Proof {
  /// @param file the file, where nobody else looks for it any more: reading its whole content again
  ///     is the proof to prefer
  /// @throws IOException when it cannot be told; the file is then put back
  boolean holds(Path file) throws IOException;
}
