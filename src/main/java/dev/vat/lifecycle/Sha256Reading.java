package dev.vat.lifecycle;

import dev.vat.archive.Sha256;
import dev.vat.disk.FileChangedException;
import dev.vat.disk.FileStamps;
import dev.vat.progress.Progress;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Reads a file whole, for comparing it with what an archive says of it. Proves nothing about a
/// device.
final class Sha256Reading {
  private static final int BUFFER_BYTES = 1 << 20;

  private Sha256Reading() {}

  /// @param task told of the bytes read
  /// @throws FileChangedException when it is no longer as it was listed
  static Sha256 of(TreeFile file, Progress.Task task) throws IOException {
    MessageDigest sha = algorithm();
    if (!FileStamps.of(file.path()).equals(file.stamp())) {
      throw new FileChangedException(file.path());
    }
    try (InputStream in =
        Files.newInputStream(file.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      byte[] buffer = new byte[(int) Math.clamp(file.sizeBytes(), 1, BUFFER_BYTES)];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        sha.update(buffer, 0, count);
        task.advance(count);
      }
    }
    if (!FileStamps.of(file.path()).equals(file.stamp())) {
      throw new FileChangedException(file.path());
    }
    return Sha256.of(sha.digest());
  }

  static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }
}
