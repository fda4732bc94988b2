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

  /// Puts a content under a name that nothing has. The name leads to all of it or does not exist.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException when something has the name; it is as before
  /// @throws IOException and there is no such file
  public static void create(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(folder, FileKinds.TEMPORARY_PREFIX, "");
    try {
      write(draft, content);
      new NoReplaceMove(NoReplaceRename.ofThisSystem()).move(draft, file);
    } finally {
      Files.deleteIfExists(draft);
    }
    Durability.ofFolder(folder);
  }

  /// Puts a new content under a name, whether something has it or not. At every moment, also after
  /// a power cut, the name leads to the old content or to the new one, whole.
  ///
  /// Never for users' files: it overwrites.
  ///
  /// @throws IOException and the old content is there as before
  public static void replace(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(folder, FileKinds.TEMPORARY_PREFIX, "");
    try {
      write(draft, content);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
    Durability.ofFolder(folder);
  }

  private static void write(Path draft, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }
}
