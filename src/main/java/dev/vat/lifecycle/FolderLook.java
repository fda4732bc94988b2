package dev.vat.lifecycle;

import dev.vat.mhl.MhlException;
import dev.vat.mhl.MhlHistory;
import dev.vat.mhl.MhlLayout;
import dev.vat.mhl.Recorded;
import dev.vat.project.DiskSpelling;
import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectTree;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import dev.vat.project.TreeVisitor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A folder as it is now, without having read any content, and what its history says of it.
///
/// @param root absolute
/// @param identity tells the folder from another one that may be at its path later
/// @param history empty when there is none yet
/// @param files by name, without histories, what the history ignores, and junk that is not recorded
/// @param emptyFolders those below it in which there is none of these when there is no history yet,
///     and no other folder
/// @param remarks what could not be looked at
public record FolderLook(
    Path root,
    String identity,
    Optional<MhlHistory> history,
    SortedMap<RelativeName, TreeFile> files,
    Set<RelativeName> emptyFolders,
    List<TreeRemark> remarks) {
  /// Only what is junk matters here, and that does not depend on the limit for heavy files.
  private static final FileKinds KINDS = new FileKinds(Long.MAX_VALUE);

  public FolderLook {
    files = Collections.unmodifiableSortedMap(files);
    emptyFolders = Set.copyOf(emptyFolders);
    remarks = List.copyOf(remarks);
  }

  /// @param folder not a link
  /// @throws MhlException when there is a history that cannot be used
  /// @throws IOException when the folder cannot be listed
  public static FolderLook of(Path folder) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    String identity = identityOf(root);
    Listing listing = new Listing(root);
    new ProjectTree(root, KINDS).walk(listing);
    Optional<MhlHistory> history = history(root, listing.nested);
    SortedMap<RelativeName, TreeFile> files = listing.files;
    if (history.isPresent()) {
      MhlHistory known = history.get();
      files
          .keySet()
          .removeIf(name -> !known.files().containsKey(name) && known.ignored().matches(name));
      for (RelativeName name : known.files().keySet()) {
        if (!files.containsKey(name)) {
          recordedJunk(root, name).ifPresent(file -> files.put(name, file));
        }
      }
    }
    return new FolderLook(root, identity, history, files, listing.emptyFolders(), listing.remarks);
  }

  /// Another tool may have recorded what is junk to us.
  private static Optional<TreeFile> recordedJunk(Path root, RelativeName name) throws IOException {
    if (KINDS.of(name, 0) != FileKind.JUNK) {
      return Optional.empty();
    }
    Path path = DiskSpelling.below(root, name);
    for (Path above = path.getParent(); !above.equals(root); above = above.getParent()) {
      if (!Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
    }
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    BasicFileAttributes facts =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return Optional.of(TreeFile.of(name, path, facts));
  }

  private static Optional<MhlHistory> history(Path root, Set<String> nested) throws IOException {
    try {
      return Optional.of(MhlHistory.read(root, nested));
    } catch (MhlException.NoHistory none) {
      if (!none.root().equals(root)) {
        throw none;
      }
      return nested.isEmpty()
          ? Optional.empty()
          : Optional.of(MhlHistory.ofFoldersBelow(root, nested));
    }
  }

  /// Tells a folder from another one that may be at its path later.
  static String identityOf(Path root) throws IOException {
    Object key =
        Files.readAttributes(root, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    return Files.getFileStore(root).name() + "\0" + key;
  }

  /// @throws CopyGoneException when another folder, or none, is at its path now
  void requireThere(IOException fault) throws CopyGoneException {
    require(root, identity, fault);
  }

  /// The same of any folder.
  ///
  /// @param fault what made somebody ask; null when nothing did
  static void require(Path folder, String identity, IOException fault) throws CopyGoneException {
    IOException cause = fault;
    try {
      if (identityOf(folder).equals(identity)) {
        return;
      }
    } catch (IOException gone) {
      if (cause == null) {
        cause = gone;
      } else {
        cause.addSuppressed(gone);
      }
    }
    throw new CopyGoneException(folder, cause);
  }

  /// Whether the folder itself has no history yet, whatever those below have.
  public boolean isFirst() {
    return history.map(known -> known.generations().isEmpty()).orElse(true);
  }

  /// What is recorded of a file; empty when nothing is.
  public Optional<Recorded> recorded(RelativeName name) {
    return history.map(known -> known.files().get(name));
  }

  /// Why nobody can tell whether a file is there; empty when it can be told.
  Optional<TreeRemark> remarkOn(RelativeName name) {
    return remarks.stream().filter(remark -> concerns(remark, name)).findFirst();
  }

  private boolean concerns(TreeRemark remark, RelativeName name) {
    Path path = remark.path();
    if (path.equals(root)) {
      return true;
    }
    String place = Normalizer.normalize(below(root, path), Normalizer.Form.NFC);
    return name.value().equals(place) || name.value().startsWith(place + "/");
  }

  private static String below(Path root, Path path) {
    return root.relativize(path).toString().replace(File.separatorChar, '/');
  }

  private static final class Listing implements TreeVisitor {
    private final Path root;
    private final SortedMap<RelativeName, TreeFile> files = new TreeMap<>();
    private final List<TreeRemark> remarks = new ArrayList<>();
    private final Set<String> nested = new TreeSet<>();
    private final Set<Path> empty = new HashSet<>();

    Listing(Path root) {
      this.root = root;
    }

    @Override
    public void folder(Path folder) {
      if (folder.equals(root)) {
        return;
      }
      Path owner = folder.getParent();
      if (!folder.getFileName().toString().equals(MhlLayout.FOLDER)) {
        empty.remove(owner);
        empty.add(folder);
      } else if (!owner.equals(root)
          && !owner.getFileName().toString().startsWith(FileKinds.TEMPORARY_PREFIX)
          && MhlHistory.exists(owner)) {
        nested.add(below(root, owner));
      }
    }

    Set<RelativeName> emptyFolders() {
      return empty.stream()
          .map(folder -> RelativeName.of(below(root, folder)))
          .collect(Collectors.toSet());
    }

    @Override
    public void file(TreeFile file) {
      if (!MhlLayout.isHistory(file.name())) {
        files.put(file.name(), file);
        empty.remove(file.path().getParent());
      }
    }

    @Override
    public void remark(TreeRemark remark) {
      remarks.add(remark);
    }
  }
}
