package dev.vat.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Reads gzip members (RFC 1952) one after the other, and knows where in the archive it is: the
/// JDK's own stream reads ahead, and across members. Nothing is believed; each member's CRC and
/// size are compared.
final class Members implements AutoCloseable {
  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;
  private static final int TEXT_LIMIT = 64 * 1024;

  private final InputStream raw;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[64 * 1024];
  private int from;
  private int to;
  private long position;
  private long limit;
  private long memberBytes;
  private boolean inMember;

  /// @param raw from `position` of the archive on
  Members(InputStream raw, long position) {
    this.raw = raw;
    this.position = position;
    this.limit = position;
  }

  /// Where in the archive the next byte stands that nobody used.
  long position() {
    return position;
  }

  /// How far may be read; beyond is another's.
  void limit(long end) {
    limit = end;
  }

  /// Goes on at a later place, whatever is in between.
  void skipTo(long target) throws IOException {
    inMember = false;
    limit = Math.max(limit, target);
    while (position < target) {
      fill();
      used((int) Math.min(to - from, target - position));
    }
  }

  /// Begins the next member.
  void begin() throws IOException {
    if (next() != 0x1f || next() != 0x8b || next() != 8) {
      throw new ArchiveException.Damaged("there is no compressed data where some should begin");
    }
    int flags = next();
    for (int i = 0; i < 6; i++) {
      next();
    }
    if ((flags & FEXTRA) != 0) {
      for (int left = next() | next() << 8; left > 0; left--) {
        next();
      }
    }
    skipText(flags & FNAME);
    skipText(flags & FCOMMENT);
    if ((flags & FHCRC) != 0) {
      next();
      next();
    }
    inflater.reset();
    crc.reset();
    memberBytes = 0;
    inMember = true;
  }

  /// @return how many bytes of the member, more than 0; or -1 after its proven end
  int read(byte[] bytes, int offset, int length) throws IOException {
    while (inMember) {
      int got = inflate(bytes, offset, length);
      if (got > 0) {
        crc.update(bytes, offset, got);
        memberBytes += got;
        return got;
      }
      if (inflater.finished()) {
        inMember = false;
        trailer();
      }
    }
    return -1;
  }

  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    if (inflater.needsDictionary()) {
      throw new ArchiveException.Damaged("its compressed data is damaged");
    }
    // The member's trailer is within the limit, so there is input left until the data has ended.
    if (!inflater.finished() && position >= limit) {
      throw new ArchiveException.Damaged("its compressed data is longer than it should be");
    }
    if (!inflater.finished()) {
      fill();
    }
    int given = (int) Math.min(to - from, limit - position);
    inflater.setInput(buffer, from, given);
    try {
      int got = inflater.inflate(bytes, offset, length);
      used(given - inflater.getRemaining());
      return got;
    } catch (DataFormatException fault) {
      throw new ArchiveException.Damaged("its compressed data is damaged", fault);
    }
  }

  private void trailer() throws IOException {
    long crcRead = number();
    long sizeRead = number();
    if (crcRead != crc.getValue() || sizeRead != (memberBytes & 0xffff_ffffL)) {
      throw new ArchiveException.Damaged("its content does not match its own checksum (CRC-32)");
    }
  }

  private long number() throws IOException {
    long number = 0;
    for (int i = 0; i < 4; i++) {
      number |= (long) next() << 8 * i;
    }
    return number;
  }

  private void skipText(int there) throws IOException {
    int length = 0;
    while (there != 0 && next() != 0) {
      length++;
      if (length > TEXT_LIMIT) {
        throw new ArchiveException.Damaged("its compressed data is damaged");
      }
    }
  }

  private int next() throws IOException {
    if (position >= limit) {
      throw new ArchiveException.Damaged("its compressed data is longer than it should be");
    }
    if (from == to) {
      fill();
    }
    int value = buffer[from] & 0xff;
    used(1);
    return value;
  }

  private void used(int count) {
    from += count;
    position += count;
  }

  private void fill() throws IOException {
    if (from < to) {
      return;
    }
    int got = raw.read(buffer, 0, buffer.length);
    if (got < 0) {
      throw new EOFException("the archive's data ended early, at byte " + position);
    }
    from = 0;
    to = got;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    raw.close();
  }
}
