package dev.vat.project;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The files of one folder of a project, for example its `s3-staging/`, with all folders below.
///
/// Always in the same order (a folder's files by name, then its folders), each entry asked for
/// once, and one folder's entries in memory at a time. Links are not followed. Whatever is not
/// taken, other than junk, is reported.
public final class ProjectTree {
  private final Path root;
  private final FileKinds kinds;

  private record Folder(Path path, String prefix) {}

  /// @param root the folder to walk; names are relative to it
  public ProjectTree(Path root, FileKinds kinds) {
    this.root = root.toAbsolutePath().normalize();
    this.kinds = kinds;
  }

  /// Walks the tree as it is now.
  ///
  /// @throws java.nio.file.NoSuchFileException when the folder does not exist
  /// @throws NotDirectoryException when it is a file
  /// @throws IOException when it is a link, cannot be listed at all, or the visitor threw
  public void walk(TreeVisitor visitor) throws IOException {
    BasicFileAttributes top =
        Files.readAttributes(root, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (top.isSymbolicLink() || (top.isDirectory() && top.isOther())) {
      throw new FileSystemException(
          root.toString(), null, "is a link to another folder, and links are not followed");
    }
    if (!top.isDirectory()) {
      throw new NotDirectoryException(root.toString());
    }
    Deque<Folder> toDo = new ArrayDeque<>(List.of(new Folder(root, "")));
    while (!toDo.isEmpty()) {
      List<Folder> below = walk(toDo.pop(), visitor);
      below.reversed().forEach(toDo::push);
    }
  }

  private List<Folder> walk(Folder folder, TreeVisitor visitor) throws IOException {
    visitor.folder(folder.path);
    FolderListing listing = FolderListing.of(folder.path);
    for (FolderListing.Failure failure : listing.failures()) {
      if (failure.path().equals(root)) {
        throw failure.cause();
      }
      visitor.remark(new TreeRemark.Unreadable(failure.path(), reason(failure.cause())));
    }
    List<Folder> below = new ArrayList<>();
    if (listing.entries().stream().allMatch(entry -> isAscii(entry.fileName()))) {
      // As nearly always, and then no two can be one name in NFC.
      for (FolderListing.Entry entry : listing.entries()) {
        look(folder, entry.fileName(), List.of(entry), visitor, below);
      }
    } else {
      for (Map.Entry<String, List<FolderListing.Entry>> same : byName(listing).entrySet()) {
        look(folder, same.getKey(), same.getValue(), visitor, below);
      }
    }
    return below;
  }

  private void look(
      Folder folder,
      String fileName,
      List<FolderListing.Entry> entries,
      TreeVisitor visitor,
      List<Folder> below)
      throws IOException {
    RelativeName name;
    try {
      name = name(folder.prefix + fileName);
    } catch (HostileNameException refused) {
      for (FolderListing.Entry entry : entries) {
        visitor.remark(new TreeRemark.RefusedName(entry.path(), refused.getMessage()));
      }
      return;
    }
    FolderListing.Entry entry = entries.getFirst();
    if (entries.size() > 1) {
      List<Path> paths = entries.stream().map(FolderListing.Entry::path).toList();
      visitor.remark(new TreeRemark.SameName(name, paths));
    } else if (entry.isFolder()) {
      below.add(new Folder(entry.path(), name.value() + "/"));
    } else {
      take(name, entry, visitor);
    }
  }

  private static RelativeName name(String text) {
    // What the JDK shows for bytes that are not text in the system's encoding.
    if (text.indexOf('\uFFFD') >= 0) {
      throw new HostileNameException(text, "it is not written in UTF-8");
    }
    return new RelativeName(text);
  }

  private void take(RelativeName name, FolderListing.Entry entry, TreeVisitor visitor)
      throws IOException {
    BasicFileAttributes attributes = entry.attributes();
    if (entry.isLink()) {
      visitor.remark(new TreeRemark.Link(entry.path()));
      return;
    }
    if (!attributes.isRegularFile()) {
      visitor.remark(new TreeRemark.Special(entry.path()));
      return;
    }
    if (FileKinds.isJunk(name, attributes.size())) {
      return;
    }
    if (FileKinds.isOwnTemporary(name)) {
      visitor.remark(new TreeRemark.OwnTemporary(entry.path(), attributes.size()));
      return;
    }
    visitor.file(TreeFile.of(name, entry.path(), attributes));
  }

  private static Map<String, List<FolderListing.Entry>> byName(FolderListing listing) {
    Map<String, List<FolderListing.Entry>> byName = new TreeMap<>();
    for (FolderListing.Entry entry : listing.entries()) {
      String name = Normalizer.normalize(entry.fileName(), Normalizer.Form.NFC);
      byName.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(entry);
    }
    return byName;
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
