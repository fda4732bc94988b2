package dev.vat.disk;

import com.sun.nio.file.ExtendedOpenOption;
import dev.vat.project.FileStamp;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Windows: opens each file for reading and shares everything but writing, which Windows refuses
/// while anybody has it open for writing (sharing violation; CreateFileW, API reference).
final class SharingLook implements OpenForWriting.Look {
  @Override
  public Map<Path, String> at(Collection<FileStamp> files) throws IOException {
    Map<Path, String> found = new HashMap<>();
    for (FileStamp file : files) {
      if (refused(file.path())) {
        found.put(file.path(), "another program");
      }
    }
    return found;
  }

  private static boolean refused(Path file) throws IOException {
    try (FileChannel opened =
        FileChannel.open(file, StandardOpenOption.READ, ExtendedOpenOption.NOSHARE_WRITE)) {
      return !opened.isOpen();
    } catch (NoSuchFileException | AccessDeniedException unreadable) {
      // Not a sharing violation: whoever reads the file next reports it.
      return false;
    } catch (FileSystemException sharingViolation) {
      return true;
    }
  }
}
