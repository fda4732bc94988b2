package dev.vat.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/// Looks at the top-level boxes of an MP4 or QuickTime file: whether they are whole and hold the
/// index (`moov`), without which nothing plays. Reads 16 bytes for each box, never their content.
///
/// Source: ISO/IEC 14496-12, section 4.2 (size, 64-bit size, size 0 for "to the end"), and Apple's
/// QuickTime File Format, "Atoms", for files that begin with another atom than `ftyp`.
final class Mp4Boxes {
  private static final Set<String> BEGINNINGS = Set.of("ftyp", "moov", "wide", "mdat");
  private static final int HEADER_BYTES = 8;
  private static final int LARGE_HEADER_BYTES = 16;
  // A fragmented recording has two boxes for each second or two: this is more than a week of it.
  private static final int MOST_BOXES = 1_000_000;

  private Mp4Boxes() {}

  /// What the boxes tell.
  sealed interface Look {
    /// Does not begin like an MP4 or QuickTime file.
    record NotMp4() implements Look {}

    /// Every top-level box is whole and the index is there.
    record Complete() implements Look {}

    /// @param why in words for users
    record Incomplete(String why) implements Look {}
  }

  static Look at(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return at(channel);
    }
  }

  private static Look at(FileChannel channel) throws IOException {
    long size = channel.size();
    Optional<Box> first = boxAt(channel, 0, size);
    if (first.isEmpty() || !BEGINNINGS.contains(first.get().type())) {
      return new Look.NotMp4();
    }
    boolean index = false;
    long position = 0;
    for (int boxes = 0; position < size && boxes < MOST_BOXES; boxes++) {
      Optional<Box> box = boxAt(channel, position, size);
      if (box.isEmpty()) {
        return new Look.Incomplete("what follows its last whole part makes no sense yet");
      }
      if (box.get().sizeBytes() > size - position) {
        return new Look.Incomplete("it ends in the middle of a part (" + box.get().type() + ")");
      }
      index |= box.get().type().equals("moov");
      position += box.get().sizeBytes();
    }
    return index
        ? new Look.Complete()
        : new Look.Incomplete("its index, which programs write last, is missing");
  }

  private record Box(String type, long sizeBytes) {}

  /// @return empty where no box can begin: too few bytes, a size smaller than the header, or a type
  ///     that is no text
  private static Optional<Box> boxAt(FileChannel channel, long position, long fileSize)
      throws IOException {
    ByteBuffer header = ByteBuffer.allocate(LARGE_HEADER_BYTES);
    while (header.hasRemaining() && channel.read(header, position + header.position()) > 0) {}
    header.flip();
    if (header.remaining() < HEADER_BYTES) {
      return Optional.empty();
    }
    long size = Integer.toUnsignedLong(header.getInt());
    byte[] type = new byte[4];
    header.get(type);
    int least = HEADER_BYTES;
    if (size == 1) {
      if (header.remaining() < Long.BYTES) {
        return Optional.empty();
      }
      size = header.getLong();
      least = LARGE_HEADER_BYTES;
    } else if (size == 0) {
      size = fileSize - position;
    }
    boolean text = true;
    for (byte b : type) {
      // Latin-1 letters and signs: QuickTime has types such as (c)nam.
      text &= (b & 0xff) >= 0x20 && b != 0x7f;
    }
    // A 64-bit size from 2^63 on is negative here, and no file is that long.
    return text && size >= least
        ? Optional.of(new Box(new String(type, StandardCharsets.ISO_8859_1), size))
        : Optional.empty();
  }
}
