package dev.vat.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/// Gives finished files their names without ever overwriting one (design 7.3, 7.4).
///
/// Thread-safe; any number of programs may place in one folder. Only plain files are taken, never
/// links or folders. After a power cut at any moment each file's content is under one of the names
/// that were given, or two.
public final class FilePlacement {
  private final NoReplaceMove move;

  FilePlacement(NoReplaceMove move) {
    this.move = move;
  }

  /// With whatever this system offers.
  public static FilePlacement ofThisSystem() {
    return new FilePlacement(new NoReplaceMove(NoReplaceRename.ofThisSystem()));
  }

  /// Makes a finished temporary file visible under its name, if nothing has that name.
  ///
  /// Both names must be on one file system. When this returns, content and name are on the device.
  /// After a failure the file is still under its old name, or (when flushing the folder failed, or
  /// the hard link's old name could not be removed) under the new one, whole.
  ///
  /// @param target its folder must exist
  /// @return how sure it is that nothing was overwritten
  /// @throws FileAlreadyExistsException when the name is taken; nothing was changed
  /// @throws AcrossFileSystemsException when the two are on different file systems
  public Atomicity placeNew(Path source, Path target) throws IOException {
    FileStamps.of(source);
    Durability.ofFile(source);
    Atomicity atomicity = move.move(source, target);
    flushFolders(target, source);
    return atomicity;
  }

  /// Makes a finished temporary folder visible under its name, if nothing has that name. What is in
  /// it has been flushed.
  ///
  /// @param target its folder must exist
  /// @throws FileAlreadyExistsException when the name is taken; nothing was changed
  public Atomicity placeNewFolder(Path source, Path target) throws IOException {
    if (!Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotDirectoryException(source.toString());
    }
    Atomicity atomicity = move.move(source, target);
    flushFolders(target, source);
    return atomicity;
  }

  /// Puts a finished temporary file in the place of an old file, which is moved aside and kept.
  ///
  /// The old file is moved first and examined where nobody looks for it: what somebody saved there
  /// in the last moment fails the proof and is put back. During the proof nothing has the name. Cut
  /// there (power, kill), the old file is found aside, the new one under its temporary name.
  ///
  /// @param source the new file, complete
  /// @param target the old file
  /// @param aside a free name on the same file system; missing folders are made
  /// @param proof whether the old file is the one that the decision was about
  /// @throws AcrossFileSystemsException when the three are not on one file system; nothing was
  ///     changed
  /// @throws FileAlreadyExistsException when `aside` is taken; nothing was changed
  /// @throws IOException for faults; the old file is in its place again, unless the message (or
  ///     that of a suppressed exception) says that it is still aside
  public Replaced replace(Path source, Path target, Path aside, Proof proof) throws IOException {
    FileStamps.of(source);
    if (Files.notExists(target, LinkOption.NOFOLLOW_LINKS)) {
      return new Replaced.NotTheSame(new OldFile.Gone());
    }
    FileStamps.of(target);
    requireOneFileSystem(source, target, aside);
    Durability.ofFile(source);
    Durability.createFolders(aside.getParent());
    try {
      move.move(target, aside);
    } catch (NoSuchFileException gone) {
      return new Replaced.NotTheSame(new OldFile.Gone());
    }
    return decide(source, target, aside, proof);
  }

  /// The old file is aside: from here on it goes back whenever the new one does not take its place.
  private Replaced decide(Path source, Path target, Path aside, Proof proof) throws IOException {
    Replaced result;
    try {
      // The old file's new name must survive a power cut before the name goes to another file.
      flushFolders(aside, target);
      if (!proof.holds(aside)) {
        return new Replaced.NotTheSame(putBack(aside, target));
      }
      result = place(source, target, aside);
    } catch (IOException | RuntimeException | Error fault) {
      restoreAfter(fault, aside, target);
      throw fault;
    }
    flushFolders(target, source);
    return result;
  }

  private Replaced place(Path source, Path target, Path aside) throws IOException {
    try {
      return new Replaced.Done(aside, move.move(source, target));
    } catch (FileAlreadyExistsException taken) {
      return new Replaced.Taken(putBack(aside, target));
    }
  }

  private OldFile putBack(Path aside, Path target) throws IOException {
    try {
      move.move(aside, target);
    } catch (FileAlreadyExistsException taken) {
      return new OldFile.Aside(aside);
    } catch (IOException fault) {
      throw stillAside(aside, target, fault);
    }
    flushFolders(target, aside);
    return new OldFile.InPlace(target);
  }

  private void restoreAfter(Throwable fault, Path aside, Path target) {
    if (Files.notExists(aside, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.notExists(target, LinkOption.NOFOLLOW_LINKS)) {
        fault.addSuppressed(
            new NoSuchFileException(
                aside.toString(),
                target.toString(),
                "somebody removed the file that was put aside"));
      }
      return; // back already: it was flushing the folders that failed
    }
    try {
      if (putBack(aside, target) instanceof OldFile.Aside) {
        fault.addSuppressed(stillAside(aside, target, null));
      }
    } catch (IOException second) {
      fault.addSuppressed(second);
    }
  }

  private static FileSystemException stillAside(Path aside, Path target, Throwable cause) {
    FileSystemException told =
        new FileSystemException(
            aside.toString(),
            target.toString(),
            "the file that was to be replaced could not be put back and is kept where it was put"
                + " aside. Move it back by hand");
    if (cause != null) {
      told.initCause(cause);
    }
    return told;
  }

  private static void requireOneFileSystem(Path source, Path target, Path aside)
      throws IOException {
    var store = Files.getFileStore(target);
    if (!store.equals(Files.getFileStore(FreeSpace.nearestExisting(aside)))) {
      throw new AcrossFileSystemsException(target, aside);
    }
    if (!store.equals(Files.getFileStore(source))) {
      throw new AcrossFileSystemsException(source, target);
    }
  }

  private static void flushFolders(Path first, Path second) throws IOException {
    Path one = first.toAbsolutePath().getParent();
    Path other = second.toAbsolutePath().getParent();
    Durability.ofFolder(one);
    if (!one.equals(other)) {
      Durability.ofFolder(other);
    }
  }
}
