package dev.vat.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The unpacked bytes of all members up to a place in the archive: what stands between two
/// contents. Gives no more than was allowed, so that nobody who parses it can be flooded.
final class TarBytes extends InputStream {
  private final Members members;
  private final long end;
  private long allowed;
  private boolean inMember;
  private IOException failure;

  /// @param end where in the archive the next content begins
  TarBytes(Members members, long end) {
    this.members = members;
    this.end = end;
    members.limit(end);
  }

  /// How many bytes may be read from now on.
  void allow(long bytes) {
    allowed = bytes;
  }

  /// What reading threw last: the archive's source, or ours about its members.
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      return unpacked(bytes, offset, length);
    } catch (IOException fault) {
      failure = fault;
      throw fault;
    }
  }

  private int unpacked(byte[] bytes, int offset, int length) throws IOException {
    while (inMember || members.position() < end) {
      if (!inMember) {
        members.begin();
        inMember = true;
      }
      int got = members.read(bytes, offset, length);
      if (got > 0) {
        allowed -= got;
        if (allowed < 0) {
          throw new ArchiveException.Damaged("it has more than headers between two contents");
        }
        return got;
      }
      inMember = false;
    }
    return -1;
  }
}
