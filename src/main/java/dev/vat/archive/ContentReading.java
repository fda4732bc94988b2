package dev.vat.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.List;

/// Reads contents out of their members, and proves them: no byte more than the table of contents
/// says, each piece where it says, with the digests that it says.
final class ContentReading {
  private final Members members;
  private final byte[] buffer = new byte[64 * 1024];

  ContentReading(Members members) {
    this.members = members;
  }

  /// @param end where in the archive the next content begins
  /// @throws ArchiveException.Damaged when it is another content, or none
  /// @throws IOException when the archive cannot be read, or `out` throws it
  void file(TocEntry.File file, long end, OutputStream out) throws IOException {
    List<TocEntry.Chunk> chunks = file.chunks();
    MessageDigest whole = chunks.size() > 1 ? Sha256.algorithm() : null;
    for (int i = 0; i < chunks.size(); i++) {
      TocEntry.Chunk chunk = chunks.get(i);
      boolean last = i == chunks.size() - 1;
      long chunkEnd = last ? end : chunks.get(i + 1).offset();
      chunk(chunk, chunkEnd, whole, out);
      if (!last && members.position() != chunkEnd) {
        throw new ArchiveException.Damaged(
            "a piece does not begin where the table of contents says");
      }
    }
    boolean same =
        whole != null
            ? Sha256.of(whole.digest()).equals(file.digest())
            : file.digest()
                .equals(chunks.isEmpty() ? Sha256.ofNothing() : chunks.getFirst().digest());
    if (!same) {
      throw new ArchiveException.Damaged("its content is another than the table of contents says");
    }
  }

  /// One piece.
  ///
  /// @param whole gets the content too; may be null
  void chunk(TocEntry.Chunk chunk, long end, MessageDigest whole, OutputStream out)
      throws IOException {
    if (members.position() != chunk.offset()) {
      throw new ArchiveException.Damaged("it does not begin where the table of contents says");
    }
    members.limit(end);
    members.begin();
    MessageDigest sha = Sha256.algorithm();
    long left = chunk.sizeBytes();
    for (int got = members.read(buffer, 0, buffer.length);
        got >= 0;
        got = members.read(buffer, 0, buffer.length)) {
      left -= got;
      if (left < 0) {
        throw new ArchiveException.Damaged("it holds more than the table of contents says");
      }
      sha.update(buffer, 0, got);
      if (whole != null) {
        whole.update(buffer, 0, got);
      }
      out.write(buffer, 0, got);
    }
    if (left > 0) {
      throw new ArchiveException.Damaged(
          "it holds " + left + " bytes less than the table of contents says");
    }
    if (!Sha256.of(sha.digest()).equals(chunk.digest())) {
      throw new ArchiveException.Damaged("its content is another than the table of contents says");
    }
  }
}
