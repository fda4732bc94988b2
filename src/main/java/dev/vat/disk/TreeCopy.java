package dev.vat.disk;

import dev.vat.mhl.FileDigests;
import dev.vat.progress.Progress;
import dev.vat.project.DiskSpelling;
import dev.vat.project.RelativeName;
import dev.vat.project.TravelProblem;
import dev.vat.project.TravelRules;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Copies a tree of files to another disk so that whoever releases the originals may rely on it
/// (design 7.1, 7.3, 7.6): each file is read once, written under a temporary name, flushed, **read
/// back from the device** and compared, and only then gets its name.
///
/// A run may be cut anywhere. The next one trusts neither names nor sizes nor notes: what is there
/// already is read again on both sides, and is written again only when the contents differ. No file
/// under its final name is ever half written.
///
/// Thread-safe, as long as no two copies go to one target at once (the project's lock).
public final class TreeCopy {
  private final DeviceDigests digests;
  private final NoReplaceMove move;

  /// With whatever this system offers.
  public static TreeCopy ofThisSystem() {
    return new TreeCopy(new DeviceDigests(), new NoReplaceMove(NoReplaceRename.ofThisSystem()));
  }

  TreeCopy(DeviceDigests digests, NoReplaceMove move) {
    this.digests = digests;
    this.move = move;
  }

  /// Where a copy grows before it is [#place]d: a hidden folder beside the target, the same for
  /// every run.
  public static Path temporaryFor(Path target) {
    return TemporaryTree.of(target.toAbsolutePath());
  }

  /// Copies into the temporary folder of a target that does not exist yet, going on where an
  /// earlier run was cut. Nothing is visible under the target's name until [#place].
  ///
  /// @param target its parent must exist: this makes no folder where a drive should be
  /// @param files all files that the copy is to have
  /// @param progress told of each byte twice: written, and read back
  /// @throws NoSuchFileException when the parent is not there
  /// @throws FileAlreadyExistsException when the target is: compare, then [#complete]
  public TreeCopied copyNew(Path target, List<TreeFile> files, Progress progress)
      throws IOException {
    return copyNew(target, files, (_, _) -> false, progress);
  }

  /// Whether a source's content is known to be the right one, so that another content in the
  /// temporary folder is not.
  @FunctionalInterface
  public interface KnownGood {
    boolean is(RelativeName name, FileDigests content);
  }

  /// The same, where something tells of sources that they are good.
  public TreeCopied copyNew(Path target, List<TreeFile> files, KnownGood good, Progress progress)
      throws IOException {
    Path parent = target.toAbsolutePath().getParent();
    if (!Files.isDirectory(parent)) {
      throw new NoSuchFileException(parent.toString());
    }
    requireFree(target);
    Path temporary = temporaryFor(target);
    try {
      if (!Files.isDirectory(temporary, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(temporary);
        Durability.ofFolder(parent);
      }
    } catch (IOException refused) {
      return stopped(new CopyProblem.NotWritable(parent, Reasons.of(refused)));
    }
    return new TreeCopyRun(digests, move, new CopyTarget(temporary), true, good)
        .run(files, progress);
  }

  /// Copies into an existing folder what it lacks. What is there with the same content is proven,
  /// not copied; another content under the same name is a problem and left alone; so is everything
  /// that is not in the list.
  public TreeCopied complete(Path target, List<TreeFile> files, Progress progress)
      throws IOException {
    return new TreeCopyRun(
            digests, move, new CopyTarget(target.toAbsolutePath()), false, (_, _) -> false)
        .run(files, progress);
  }

  /// Makes a complete copy visible: the temporary folder gets the target's name, without replacing.
  /// When this returns, the name is on the device.
  ///
  /// @throws FileAlreadyExistsException when the name was taken meanwhile; the copy stays as it is
  public Atomicity place(Path target) throws IOException {
    requireFree(target);
    Path temporary = temporaryFor(target);
    Durability.ofFolder(temporary);
    Atomicity atomicity = move.move(temporary, target);
    Durability.ofFolder(target.toAbsolutePath().getParent());
    return atomicity;
  }

  /// Names that the file system there cannot hold, or not beside each other.
  ///
  /// @param folder it, and folders above it, need not exist yet
  public static List<CopyProblem> refusedNames(Path folder, List<TreeFile> files)
      throws IOException {
    List<RelativeName> names = files.stream().map(TreeFile::name).toList();
    if (NamingOf.folder(folder) == NamingOf.WINDOWS) {
      return TravelRules.check(names).stream()
          .filter(problem -> problem.weight() == TravelProblem.Weight.REFUSED)
          .<CopyProblem>map(CopyProblem.NameRefused::new)
          .toList();
    }
    return names.stream()
        .flatMap(name -> TravelRules.illegalHere(name, false).stream())
        .<CopyProblem>map(CopyProblem.NameRefused::new)
        .toList();
  }

  /// How many bytes are still to be written into a folder. An estimate: a file of the same size
  /// counts as there.
  ///
  /// @throws IOException when a folder there cannot be looked at
  public static long missingBytes(Path folder, List<TreeFile> files) throws IOException {
    long missing = 0;
    for (TreeFile file : files) {
      missing += isThere(folder, file) ? 0 : file.sizeBytes();
    }
    return missing;
  }

  /// Whether a file of the same name, however the disk spells its accents, and size is there.
  public static boolean isThere(Path folder, TreeFile file) throws IOException {
    Path there = DiskSpelling.below(folder, file.name());
    return Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS)
        && Files.size(there) == file.sizeBytes();
  }

  private static void requireFree(Path target) throws FileAlreadyExistsException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
  }

  private static TreeCopied stopped(CopyProblem why) {
    return new TreeCopied(List.of(), List.of(why));
  }
}
