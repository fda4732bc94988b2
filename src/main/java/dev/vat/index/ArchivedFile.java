package dev.vat.index;

import dev.vat.project.RelativeName;
import java.time.Instant;
import java.util.HexFormat;

/// A file as the table of contents of an archive tells it.
///
/// @param name below the project's folder
/// @param sha256 of its content, 64 hexadecimal digits
public record ArchivedFile(RelativeName name, long sizeBytes, Instant modifiedAt, String sha256) {
  public ArchivedFile {
    if (sizeBytes < 0 || sha256.length() != 64) {
      throw new IllegalArgumentException("no file of an archive: " + name);
    }
  }

  byte[] digest() {
    return HexFormat.of().parseHex(sha256);
  }
}
