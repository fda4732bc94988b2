package dev.vat.lifecycle;

import dev.vat.archive.TocEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Whether what lies on a disk is what a table of contents says.
final class FileSha256 {
  private static final int BUFFER_BYTES = 256 * 1024;

  private FileSha256() {}

  /// Whether a file is a plain one with that content.
  static boolean isContent(Path file, TocEntry.File entry) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == entry.sizeBytes()
        && of(file, 0, entry.sizeBytes()).equals(entry.digest().hex());
  }

  /// Whether a file that is being put together has one piece already.
  static boolean hasPiece(Path file, long offset, TocEntry.Chunk chunk) throws IOException {
    return Files.size(file) >= offset + chunk.sizeBytes()
        && of(file, offset, chunk.sizeBytes()).equals(chunk.digest().hex());
  }

  private static String of(Path file, long offset, long length) throws IOException {
    MessageDigest digest = algorithm();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        OutputStream into = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      long at = offset;
      while (at < offset + length) {
        buffer.clear().limit((int) Math.min(BUFFER_BYTES, offset + length - at));
        int got = channel.read(buffer, at);
        if (got < 0) {
          break;
        }
        into.write(buffer.array(), 0, got);
        at += got;
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
