package dev.vat.disk;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Renames a plain file without replacing, by the surest means that the file system has.
final class NoReplaceMove {
  private final NoReplaceRename kernel;

  NoReplaceMove(NoReplaceRename kernel) {
    this.kernel = kernel;
  }

  /// @throws FileAlreadyExistsException when the target's name is taken; nothing was changed
  /// @throws NoSuchFileException when the source, or the target's folder, is not there
  Atomicity move(Path source, Path target) throws IOException {
    return switch (kernel.rename(source, target)) {
      case DONE -> Atomicity.KERNEL;
      case TAKEN -> throw new FileAlreadyExistsException(target.toString());
      case UNSUPPORTED -> linkOrCheck(source, target);
    };
  }

  private static Atomicity linkOrCheck(Path source, Path target) throws IOException {
    try {
      Files.createLink(target, source);
    } catch (FileAlreadyExistsException | NoSuchFileException certain) {
      throw certain;
    } catch (FileSystemException | UnsupportedOperationException noHardLinks) {
      // The JDK gives no type to "this file system has no hard links" (EPERM, ENOSYS, EOPNOTSUPP).
      // Whatever else is wrong (rights, space) stops the rename as well, which then says so.
      return check(source, target, noHardLinks);
    }
    try {
      Files.delete(source);
    } catch (IOException fault) {
      // Undoing would have to delete a name that somebody may have taken meanwhile.
      FileSystemException told =
          new FileSystemException(
              source.toString(),
              target.toString(),
              "the file has both names now, because the old one could not be removed");
      told.initCause(fault);
      throw told;
    }
    return Atomicity.LINK;
  }

  private static Atomicity check(Path source, Path target, Exception noHardLinks)
      throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    try {
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException across) {
      throw new AcrossFileSystemsException(source, target);
    } catch (IOException fault) {
      fault.addSuppressed(noHardLinks);
      throw fault;
    }
    return Atomicity.CHECKED;
  }
}
