package dev.vat.disk;

import dev.vat.project.FileStamp;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// Asks the file system for a file's stamp.
public final class FileStamps {
  private FileStamps() {}

  /// @param file never followed when it is a link
  /// @throws java.nio.file.NoSuchFileException when nothing is there
  /// @throws FileSystemException when it is not a plain file (a folder, a link, a device)
  public static FileStamp of(Path file) throws IOException {
    BasicFileAttributes facts =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!facts.isRegularFile()) {
      throw new FileSystemException(
          file.toString(), null, "it is not a plain file, but a folder, a link or a device");
    }
    Object key = facts.fileKey();
    return new FileStamp(
        file.toAbsolutePath(),
        facts.size(),
        facts.lastModifiedTime().toInstant(),
        key == null ? "" : key.toString());
  }
}
