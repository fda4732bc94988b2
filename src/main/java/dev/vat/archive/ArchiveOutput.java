package dev.vat.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/// Lays out gzip members: contents in their own, what stands between them (padding and headers of
/// the tar) in others.
final class ArchiveOutput {
  /// The most that one stored block of deflate holds (RFC 1951, 3.2.4).
  private static final int STORED_BLOCK = 65_535;

  private static final int STORED_HEADER = 5;
  private static final int MEMBER_HEADER = 10;
  private static final int MEMBER_TRAILER = 8;
  private static final int GAP_BYTES = 1 << 20;

  private final OutputStream out;
  private final ByteArrayOutputStream gap = new ByteArrayOutputStream();
  private final CRC32 crc = new CRC32();
  private long position;
  private long memberBytes;

  ArchiveOutput(OutputStream out) {
    this.out = out;
  }

  /// Where in the archive the next byte is going to stand.
  long position() {
    return position;
  }

  /// Adds to what stands between contents.
  void between(byte[] records) throws IOException {
    gap.write(records);
    if (gap.size() >= GAP_BYTES) {
      endGap();
    }
  }

  /// Ends the member of what stands between contents, if there is any.
  void endGap() throws IOException {
    if (gap.size() > 0) {
      try (OutputStream member = member()) {
        gap.writeTo(member);
      }
      gap.reset();
    }
  }

  /// A member of anything but contents; closing it ends it.
  OutputStream member() throws IOException {
    return new GZIPOutputStream(
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            raw(bytes, offset, length);
          }
        },
        8 * 1024);
  }

  /// Begins a content's member.
  void beginContent() throws IOException {
    crc.reset();
    memberBytes = 0;
    raw(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff}, 0, MEMBER_HEADER);
  }

  /// A piece in the form of compressed blocks.
  void packed(byte[] content, int length, Deflating.Packed packed) throws IOException {
    count(content, length);
    raw(packed.bytes(), 0, packed.length());
  }

  /// A piece in the form of stored blocks.
  ///
  /// @param last whether the member ends with it
  void stored(byte[] content, int length, boolean last) throws IOException {
    count(content, length);
    for (int at = 0; at < length; at += STORED_BLOCK) {
      int block = Math.min(STORED_BLOCK, length - at);
      byte kind = (byte) (last && at + block == length ? 1 : 0);
      byte[] header = {
        kind, (byte) block, (byte) (block >> 8), (byte) ~block, (byte) (~block >> 8)
      };
      raw(header, 0, STORED_HEADER);
      raw(content, at, block);
    }
  }

  /// Ends a content's member.
  void endContent() throws IOException {
    byte[] trailer = new byte[MEMBER_TRAILER];
    for (int i = 0; i < 4; i++) {
      trailer[i] = (byte) (crc.getValue() >> 8 * i);
      trailer[4 + i] = (byte) (memberBytes >> 8 * i);
    }
    raw(trailer, 0, MEMBER_TRAILER);
  }

  void footer(long tocOffset) throws IOException {
    raw(Footer.of(tocOffset), 0, Footer.BYTES);
  }

  /// How long a content's member gets at most.
  static long largestMember(long contentBytes) {
    long pieces = (contentBytes + PieceReading.PIECE_BYTES - 1) / PieceReading.PIECE_BYTES;
    long blocks = contentBytes / STORED_BLOCK + pieces;
    return MEMBER_HEADER + blocks * STORED_HEADER + contentBytes + MEMBER_TRAILER;
  }

  private void count(byte[] content, int length) {
    crc.update(content, 0, length);
    memberBytes += length;
  }

  private void raw(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    position += length;
  }
}
