package dev.vat.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Media facts from a file's own header: MP4 and QuickTime, AVI, Matroska and WebM. What the file
/// is, its first bytes tell, not its name.
///
/// Reads some hundred bytes of a usual file, wherever they are, and never more than a bounded
/// number of small pieces. A library would do it shorter: metadata-extractor 2.20.0 was tried, and
/// gives up at a part over 2 GiB (most recordings have one before their index), allocates what a
/// header claims, and overflows the stack on nested parts. It is the second opinion in the tests.
final class MediaHeader {
  private MediaHeader() {}

  /// @return [MediaFacts#UNKNOWN] for other formats and damaged headers, or what was told before
  /// the damage
  /// @throws IOException when the file cannot be read
  static MediaFacts of(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      HeaderBytes bytes = new HeaderBytes(channel);
      ByteBuffer start = bytes.upTo(0, 12);
      if (start.remaining() < 12) {
        return MediaFacts.UNKNOWN;
      }
      int first = start.getInt(0);
      int second = start.getInt(4);
      if (first == 0x52494646 && start.getInt(8) == 0x41564920) { // RIFF, AVI
        return AviHeader.read(bytes);
      }
      if (first == 0x1A45DFA3) { // EBML
        return MatroskaHeader.read(bytes);
      }
      return Mp4Header.begins(second) ? Mp4Header.read(bytes) : MediaFacts.UNKNOWN;
    }
  }
}
