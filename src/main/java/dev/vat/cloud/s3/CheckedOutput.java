package dev.vat.cloud.s3;

import dev.vat.cloud.Body;
import dev.vat.cloud.SourceChangedException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/// Passes a body to the network and holds its last piece back until the whole has proven to be what
/// was announced. So a file that somebody is writing to never becomes an object, not even on a
/// server that checks no sums.
final class CheckedOutput extends OutputStream {
  /// The JDK's stream keeps an error to itself until the next write, so writes are kept short, and
  /// an empty one comes last.
  private static final int PIECE_BYTES = 64 * 1024;

  private final OutputStream network;
  private final long sizeBytes;
  private final int crc32;
  private final CRC32 crc = new CRC32();
  private long sent;

  /// Not null when it was the network that failed, and not the reading of the body.
  private IOException broken;

  CheckedOutput(OutputStream network, Body body) throws IOException {
    this.network = network;
    this.sizeBytes = body.sizeBytes();
    this.crc32 = body.crc32();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    crc.update(bytes, offset, length);
    if (sent + length > sizeBytes || sent + length == sizeBytes && (int) crc.getValue() != crc32) {
      throw changed();
    }
    try {
      for (int done = 0; done < length; done += PIECE_BYTES) {
        network.write(bytes, offset + done, Math.min(PIECE_BYTES, length - done));
      }
    } catch (IOException e) {
      broken = e;
      throw e;
    }
    sent += length;
  }

  /// To be called when the body has written itself.
  void finish() throws IOException {
    if (sent != sizeBytes || (int) crc.getValue() != crc32) {
      throw changed();
    }
    try {
      network.write(new byte[0], 0, 0);
      network.close();
    } catch (IOException e) {
      broken = e;
      throw e;
    }
  }

  IOException broken() {
    return broken;
  }

  private static SourceChangedException changed() {
    return new SourceChangedException(
        "The file changed while it was being sent. Nothing was stored; run again when it is no"
            + " longer written to.");
  }
}
