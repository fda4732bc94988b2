package dev.vat.lifecycle;

import java.io.IOException;
import java.nio.file.Path;

/// A file that was to be stored is not what its folder's checksum history says: it was damaged on
/// the disk, or edited there. Nothing of it is visible in S3. Remedy: another copy, or a new
/// history.
public final class DamagedSourceException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedSourceException(Path file) {
    super(
        file
            + " is not what its checksum history says: it was damaged on that disk, or edited"
            + " there");
  }
}
