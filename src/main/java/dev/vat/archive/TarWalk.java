package dev.vat.archive;

import dev.vat.project.HostileNameException;
import dev.vat.project.RelativeName;
import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Compares the headers of the tar between two contents with the table of contents: what `tar`
/// would unpack has to be what the table promises.
final class TarWalk {
  /// A header with its pax header, with names of the longest kind and more extras than anybody
  /// writes.
  static final int HEADER_BYTES = 32 * 1024;

  /// Records of zeros at a tar's end, as some writers block them.
  private static final int END_BYTES = 64 * 1024;

  private final TarBytes bytes;
  private final TarArchiveInputStream tar;

  TarWalk(TarBytes bytes) {
    this.bytes = bytes;
    this.tar = new TarArchiveInputStream(bytes, TarHeaders.RECORD, TarHeaders.RECORD, "UTF-8");
  }

  /// The zeros after a content.
  void padding(int zeros) throws IOException {
    bytes.allow(zeros);
    for (int i = 0; i < zeros; i++) {
      if (bytes.read() != 0) {
        throw new ArchiveException.Damaged("a content is not followed by what should follow it");
      }
    }
  }

  /// The next header.
  ///
  /// @return false when it is not the one of that entry
  boolean isNext(TocEntry expected) throws IOException {
    TarArchiveEntry found = entry();
    if (found == null || found.isSparse() || !isNamed(found, expected.name())) {
      return false;
    }
    return switch (expected) {
      case TocEntry.Folder folder -> found.getLinkFlag() == TarConstants.LF_DIR;
      case TocEntry.File file -> isPlain(found) && found.getSize() == file.sizeBytes();
    };
  }

  /// The header of the table of contents, then its content as a stream.
  TarArchiveInputStream toc(long mostBytes) throws IOException {
    TarArchiveEntry found = entry();
    if (found == null || !isPlain(found) || !found.getName().equals(Toc.NAME)) {
      throw new ArchiveException.Damaged("it has no table of contents where it says");
    }
    if (found.getSize() > mostBytes) {
      throw new ArchiveException.Refused(
          "its table of contents has " + found.getSize() + " bytes, more than is read");
    }
    bytes.allow(found.getSize());
    return tar;
  }

  /// Whether nothing follows; zeros may, if it is the end of the tar.
  boolean isAtEnd(boolean zeros) throws IOException {
    bytes.allow(END_BYTES);
    for (int b = bytes.read(); b >= 0; b = bytes.read()) {
      if (b != 0 || !zeros) {
        return false;
      }
    }
    return true;
  }

  private TarArchiveEntry entry() throws IOException {
    bytes.allow(HEADER_BYTES);
    try {
      return tar.getNextEntry();
    } catch (IOException | RuntimeException fault) {
      // The library has no type of its own for what it cannot parse, and lets some of the JDK's
      // pass.
      throw bytes
          .failure()
          .orElseGet(() -> new ArchiveException.Damaged("a header of the tar is damaged", fault));
    }
  }

  private static boolean isPlain(TarArchiveEntry found) {
    return found.getLinkFlag() == TarConstants.LF_NORMAL
        || found.getLinkFlag() == TarConstants.LF_OLDNORM;
  }

  private static boolean isNamed(TarArchiveEntry found, RelativeName expected) {
    String name = found.getName();
    String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    try {
      return RelativeName.of(plain).equals(expected);
    } catch (HostileNameException hostile) {
      return false;
    }
  }
}
