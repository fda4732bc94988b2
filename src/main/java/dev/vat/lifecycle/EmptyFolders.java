package dev.vat.lifecycle;

import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.HostileNameException;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// Removes folders that nothing of the user's is left in (design 7.2). What file managers put into
/// every folder they show (`.DS_Store`, `Thumbs.db`) goes with the folder, and only then.
final class EmptyFolders {
  private static final FileKinds KINDS = new FileKinds(Long.MAX_VALUE);

  /// Removes a folder and those below it, as far as they are empty and the system lets them go.
  void removeBelow(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult postVisitDirectory(Path at, IOException fault) {
            if (fault == null) {
              removeIfEmpty(at);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void removeIfEmpty(Path folder) {
    try {
      removeJunkAndFolder(folder);
    } catch (IOException | DirectoryIteratorException inUse) {
      // Write-protected, a place where a disk is mounted, open in a window or a shell of Windows,
      // or not empty any more: an empty folder that stays is no failure of what was done before.
      return;
    }
  }

  private static void removeJunkAndFolder(Path folder) throws IOException {
    List<Path> junk = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!isJunk(entry)) {
          return;
        }
        junk.add(entry);
      }
    }
    for (Path file : junk) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  private static boolean isJunk(Path entry) throws IOException {
    BasicFileAttributes facts =
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    String name = entry.getFileName().toString();
    if (!facts.isRegularFile()
        || name.startsWith(FileKinds.PARTIAL_PREFIX)
        || name.startsWith(FileKinds.TEMPORARY_PREFIX)) {
      return false;
    }
    try {
      return KINDS.of(RelativeName.of(name), facts.size()) == FileKind.JUNK;
    } catch (HostileNameException nobodysJunk) {
      return false;
    }
  }
}
