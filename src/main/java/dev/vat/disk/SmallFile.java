package dev.vat.disk;

import dev.vat.project.FileKinds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writing files that are vat's own, small, and can be made again.
public final class SmallFile {
  private SmallFile() {}

  /// Puts a new content under a name, whether something has it or not. At every moment, also after
  // a
  /// power cut, the name leads to the old content or to the new one, whole.
  ///
  /// Never for users' files: it overwrites.
  ///
  /// @throws IOException and the old content is there as before
  public static void replace(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(folder, FileKinds.TEMPORARY_PREFIX, "");
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
    Durability.ofFolder(folder);
  }
}
