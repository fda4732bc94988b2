package dev.vat.archive;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.Deflater;

/// Compresses pieces of one deflate stream independently of each other: each ends at a byte's
/// boundary, and is told the 32 KiB before it, as `pigz` does it. The same pieces give the same
/// bytes, on whichever thread.
final class Deflating implements AutoCloseable {
  static final int WINDOW = 32 * 1024;

  private final Queue<Deflater> idle = new ConcurrentLinkedQueue<>();

  /// A compressed piece.
  ///
  /// @param bytes may be longer than the piece
  record Packed(byte[] bytes, int length) {}

  boolean isWorthwhile(byte[] piece, int length) {
    Deflater deflater = take();
    try {
      return Packing.getsSmaller(piece, length, deflater);
    } finally {
      idle.add(deflater);
    }
  }

  /// @param before what precedes the piece in its chunk, at most [#WINDOW] bytes
  /// @param last whether the stream ends with it
  /// @return null when it would not get smaller
  Packed pack(byte[] piece, int length, byte[] before, boolean last) {
    Deflater deflater = take();
    try {
      deflater.reset();
      if (before.length > 0) {
        deflater.setDictionary(before);
      }
      deflater.setInput(piece, 0, length);
      if (last) {
        deflater.finish();
      }
      byte[] out = new byte[length];
      int written =
          deflater.deflate(out, 0, out.length, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
      // A full buffer: there may be more to come, so nothing was gained.
      return written == out.length ? null : new Packed(shrunk(out, written), written);
    } finally {
      idle.add(deflater);
    }
  }

  /// Small results do not hold big buffers while they wait for their turn.
  private static byte[] shrunk(byte[] out, int written) {
    return written < out.length / 2 ? Arrays.copyOf(out, written) : out;
  }

  private Deflater take() {
    Deflater deflater = idle.poll();
    return deflater != null ? deflater : new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  }

  /// When nobody packs any more.
  @Override
  public void close() {
    for (Deflater each = idle.poll(); each != null; each = idle.poll()) {
      each.end();
    }
  }
}
