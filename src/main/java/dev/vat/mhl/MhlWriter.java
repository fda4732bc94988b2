package dev.vat.mhl;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/// Appends generations to a folder's history.
///
/// A cut at any moment leaves the history as it was, or with the new generation: the manifest is
/// written under a temporary name, flushed, and renamed; then the chain file the same way. Cut in
/// between, the manifest is not in the chain yet; [MhlHistory] knows it as ours, and the next
/// generation names both. Manifests are never changed. One writer per folder at a time.
public final class MhlWriter {
  private static final String TEMPORARY = ".vat-tmp-mhl";

  private MhlWriter() {}

  interface Content {
    void write(OutputStream stream) throws XMLStreamException;
  }

  /// Appends to the history of a folder, or begins it.
  ///
  /// @param root the folder that holds, or will hold, `ascmhl/`
  /// @return the manifest's path
  /// @throws MhlException.Altered when the history cannot be trusted: nothing is appended
  /// @throws MhlException.Unreadable when it cannot be understood: nothing is appended
  /// @throws IOException when it cannot be written; the history is as it was, or complete
  public static Path append(Path root, Generation generation) throws IOException {
    Path name = root.toAbsolutePath().normalize().getFileName();
    // The top of a drive has no name.
    return append(root, name == null ? "drive" : name.toString(), generation);
  }

  /// The same for a folder that has another name as yet: a copy that is not finished.
  ///
  /// @param folderName the name that the folder is going to have, for the manifest's name
  public static Path append(Path root, String folderName, Generation generation)
      throws IOException {
    Optional<MhlHistory> before = existing(root);
    List<Chain.Link> links = new ArrayList<>(before.map(MhlHistory::links).orElse(List.of()));
    int number = links.size() + 1;
    if (before.isPresent() && before.get().highestNumber() >= number) {
      throw new MhlException.Unreadable(
          root,
          "a manifest with the number "
              + before.get().highestNumber()
              + " is there that "
              + MhlLayout.CHAIN
              + " does not name. Move it out of the ascmhl folder if it does not belong there",
          null);
    }
    List<String> ignored =
        IgnorePatterns.forNext(
            before.map(MhlHistory::ignoredPatterns).orElse(Set.of()), generation.entries());
    Path folder = MhlLayout.folder(root);
    boolean begun = before.isEmpty() && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    if (begun) {
      Files.createDirectory(folder);
      flushFolder(root);
    }
    Path manifest =
        folder.resolve(MhlLayout.manifestName(number, folderName, generation.startedAt()));
    List<FolderHashes> folders =
        before.isEmpty() && generation.emptyFolders().isPresent()
            ? FolderHashes.of(generation.entries(), generation.emptyFolders().get())
            : List.of();
    Digest c4 =
        place(manifest, false, out -> ManifestWriter.write(generation, ignored, folders, out));
    links.add(new Chain.Link(number, manifest.getFileName().toString(), c4));
    place(folder.resolve(MhlLayout.CHAIN), true, out -> new Chain(links).write(out));
    return manifest;
  }

  private static Optional<MhlHistory> existing(Path root) throws IOException {
    try {
      return Optional.of(MhlHistory.read(root));
    } catch (MhlException.NoHistory none) {
      return Optional.empty();
    }
  }

  /// @param replace whether the name may be taken already
  /// @return the C4 of what was written
  private static Digest place(Path target, boolean replace, Content content) throws IOException {
    if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path temporary = target.resolveSibling(TEMPORARY);
    MessageDigest sha512 = Algorithms.sha512();
    // Nobody else has that name: what is there is from a run of ours that was cut.
    Files.deleteIfExists(temporary);
    try (FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        OutputStream out =
            new BufferedOutputStream(
                new DigestOutputStream(Channels.newOutputStream(channel), sha512), 64 * 1024)) {
      content.write(out);
      out.flush();
      channel.force(true);
    } catch (XMLStreamException fault) {
      throw fault.getNestedException() instanceof IOException io
          ? io
          : new IOException(target + " could not be written", fault);
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    flushFolder(target.getParent());
    return C4.of(sha512.digest());
  }

  /// Windows cannot flush a folder, and NTFS journals its names.
  private static void flushFolder(Path folder) throws IOException {
    if (File.separatorChar == '\\') {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
