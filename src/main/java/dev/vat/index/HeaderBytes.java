package dev.vat.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Reads small pieces of a file at any place, and not too many of them: whatever a header claims,
/// looking at it ends, and takes no more memory than one piece.
final class HeaderBytes {
  /// Several times what a recording with many tracks takes; a hostile file costs that many reads of
  /// a few bytes and no more.
  private static final int MOST_READS = 2_000;

  /// The biggest piece that any format needs.
  static final int LARGEST_PIECE = 64 * 1024;

  private final FileChannel channel;
  private final long size;
  private int reads;

  HeaderBytes(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  /// The file ends, or goes on for longer than anybody looks.
  static final class NoMore extends IOException {
    private static final long serialVersionUID = 1L;

    NoMore(String why) {
      super(why);
    }
  }

  long size() {
    return size;
  }

  /// @param most how many bytes are wanted; fewer come at the file's end
  ByteBuffer upTo(long position, int most) throws IOException {
    if (position < 0 || position > size || most < 0 || most > LARGEST_PIECE) {
      throw new NoMore("nothing at " + position);
    }
    if (++reads > MOST_READS) {
      throw new NoMore("more parts than anybody looks at");
    }
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(most, size - position));
    while (piece.hasRemaining()) {
      if (channel.read(piece, position + piece.position()) < 0) {
        break; // cut shorter since it was opened
      }
    }
    return piece.flip();
  }

  /// @throws NoMore when the file ends before
  ByteBuffer exactly(long position, int count) throws IOException {
    ByteBuffer piece = upTo(position, count);
    if (piece.remaining() < count) {
      throw new NoMore("it ends at " + size);
    }
    return piece;
  }
}
