package dev.vat.disk;

import dev.vat.project.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/// By what an unchanged file is known again, also under another name: what the file system tells
/// without reading it.
///
/// @param identity inode and device where the system has them, else empty
/// @param changedAt when content, time or name were last changed, which no program can set; empty
///     where the system does not tell (Windows)
public record FileIdentity(
    long sizeBytes, Instant modifiedAt, String identity, Optional<Instant> changedAt) {

  /// @param file never followed when it is a link
  /// @throws java.nio.file.NoSuchFileException when nothing is there
  /// @throws IOException when it is no plain file, or cannot be asked
  public static FileIdentity of(Path file) throws IOException {
    FileStamp stamp = FileStamps.of(file);
    return new FileIdentity(
        stamp.sizeBytes(), stamp.modifiedAt(), stamp.identity(), changeTime(file));
  }

  private static Optional<Instant> changeTime(Path file) throws IOException {
    try {
      FileTime time = (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
      return Optional.of(time.toInstant());
    } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
      return Optional.empty();
    }
  }

  /// Whether that is what was read under a stamp.
  boolean isOf(FileStamp stamp) {
    return sizeBytes == stamp.sizeBytes()
        && modifiedAt.equals(stamp.modifiedAt())
        && identity.equals(stamp.identity());
  }
}
