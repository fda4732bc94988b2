package dev.vat.staging;

import dev.vat.disk.ContentHasher;
import dev.vat.disk.FileChangedException;
import dev.vat.disk.Hashed;
import dev.vat.disk.OpenForWriting;
import dev.vat.disk.Parallel;
import dev.vat.disk.Settled;
import dev.vat.disk.SettledFiles;
import dev.vat.progress.Progress;
import dev.vat.project.ContentHash;
import dev.vat.project.FileKinds;
import dev.vat.project.FileStamp;
import dev.vat.project.HostileNameException;
import dev.vat.project.ProjectTree;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import dev.vat.project.TreeVisitor;
import dev.vat.state.HashCache;
import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// Looks at a local `s3-staging/` folder. Files that did not change since they were last hashed are
/// not read.
final class LocalScan {
  /// Hashing is bound by the processor; more at once would only make a spinning disk seek.
  private static final int HASHES_AT_ONCE = 4;

  private final Path staging;
  private final FileKinds kinds;
  private final HashCache hashes;
  private final Function<Collection<FileStamp>, OpenForWriting> writers;
  private final Progress progress;
  private final InstantSource clock;
  private final ContentHasher hasher = new ContentHasher();

  private final SortedMap<RelativeName, LocalFile> files =
      Collections.synchronizedSortedMap(new TreeMap<>());
  private final Set<RelativeName> names = new HashSet<>();
  private final List<LocalSnapshot.LeftOut> leftOut =
      Collections.synchronizedList(new ArrayList<>());

  /// For one look.
  LocalScan(
      Path staging,
      FileKinds kinds,
      HashCache hashes,
      Function<Collection<FileStamp>, OpenForWriting> writers,
      Progress progress,
      InstantSource clock) {
    this.staging = staging;
    this.kinds = kinds;
    this.hashes = hashes;
    this.writers = writers;
    this.progress = progress;
    this.clock = clock;
  }

  /// @param wanted which names to look at; the others are neither read nor told
  /// @param remember whether new hashes go into the cache
  /// @throws IOException when the folder cannot be listed as a whole: there is no half snapshot
  LocalSnapshot take(Predicate<RelativeName> wanted, boolean remember) throws IOException {
    Optional<Path> root = root();
    List<TreeFile> found = root.isEmpty() ? List.of() : found(root.get(), wanted);
    List<FileStamp> stamps = found.stream().map(TreeFile::stamp).toList();
    Map<Path, ContentHash> known = hashes.trusted(stamps);
    OpenForWriting open = writers.apply(stamps);
    List<LocalSnapshot.Warning> warnings =
        open.remark().stream()
            .map(remark -> new LocalSnapshot.Warning(Optional.empty(), remark))
            .toList();
    List<TreeFile> unknown = new ArrayList<>();
    for (TreeFile file : found) {
      Optional<String> writer = open.writerOf(file.stamp());
      ContentHash content = known.get(file.path());
      if (writer.isPresent()) {
        leaveOut(file, "it is open for writing in " + writer.get(), true);
      } else if (content == null) {
        unknown.add(file);
      } else {
        files.put(file.name(), new LocalFile(file.name(), file.stamp(), content));
      }
    }
    SettledFiles settled = new SettledFiles(open);
    Parallel.forEach(unknown, HASHES_AT_ONCE, file -> hash(file, settled, remember));
    return new LocalSnapshot(
        Collections.unmodifiableSortedMap(new TreeMap<>(files)),
        List.copyOf(leftOut),
        warnings,
        Set.copyOf(names));
  }

  /// The folder itself.
  ///
  /// @return empty when nobody has made it yet
  /// @throws FolderUnavailableException when it is a link: it could lead anywhere, and what is
  ///     there would be shared unasked
  private Optional<Path> root() throws IOException {
    if (!FolderUnavailableException.isThere(staging)) {
      return Optional.empty();
    }
    if (Files.isSymbolicLink(staging)) {
      throw FolderUnavailableException.link(staging);
    }
    if (!Files.isDirectory(staging)) {
      throw FolderUnavailableException.noFolder(staging);
    }
    return Optional.of(staging);
  }

  private List<TreeFile> found(Path root, Predicate<RelativeName> wanted) throws IOException {
    List<TreeFile> found = new ArrayList<>();
    new ProjectTree(root, kinds)
        .walk(
            new TreeVisitor() {
              @Override
              public void file(TreeFile file) {
                names.add(file.name());
                if (StagedPlace.isReserved(file.name().value())) {
                  leaveOut(
                      file,
                      "the name belongs to vat's own notes in S3. Rename the file or put it into a"
                          + " folder",
                      false);
                } else if (wanted.test(file.name())) {
                  found.add(file);
                }
              }

              @Override
              public void remark(TreeRemark remark) {
                noted(root, remark);
              }
            });
    // Of a folder that could be listed in part only, none takes part: on neither side.
    found.removeIf(
        file ->
            leftOut.stream()
                .anyMatch(
                    out ->
                        out.scope() instanceof LocalSnapshot.Scope.At at
                            && at.covers(file.name())));
    return found;
  }

  private void noted(Path root, TreeRemark remark) {
    if (remark instanceof TreeRemark.OwnTemporary) {
      return;
    }
    String shown = root.relativize(remark.path()).toString().replace(File.separatorChar, '/');
    leftOut.add(new LocalSnapshot.LeftOut(shown, scopeOf(shown), remark.message(), false));
  }

  /// What S3 may hold of something here that takes no part.
  private static LocalSnapshot.Scope scopeOf(String shown) {
    // What the JDK shows for bytes that are not text in the system's encoding.
    if (shown.indexOf('\uFFFD') >= 0) {
      return new LocalSnapshot.Scope.Undecoded(shown.substring(0, shown.lastIndexOf('/') + 1));
    }
    try {
      return new LocalSnapshot.Scope.At(RelativeName.of(shown));
    } catch (HostileNameException e) {
      return new LocalSnapshot.Scope.Nothing();
    }
  }

  private void hash(TreeFile file, SettledFiles settled, boolean remember) throws IOException {
    Instant began = clock.instant();
    Optional<Hashed> read = read(file, settled);
    if (read.isEmpty()) {
      return;
    }
    Hashed hashed = read.get();
    files.put(file.name(), new LocalFile(file.name(), hashed.stamp(), hashed.content()));
    if (remember) {
      hashes.remember(hashed.stamp(), hashed.content(), began);
    }
  }

  /// @return empty when it takes no part, for a reason that is noted: one file that cannot be read
  ///     does not keep the others back
  private Optional<Hashed> read(TreeFile file, SettledFiles settled) throws IOException {
    try {
      switch (settled.look(file.stamp(), clock.instant())) {
        case Settled.NotYet notYet -> {
          leaveOut(file, notYet.reason(), true);
          return Optional.empty();
        }
        // A file that will be sent is warned of each time, also when it need not be read again.
        case Settled.Incomplete _, Settled.Yes _ -> {}
      }
      try (Progress.Task task = progress.begin("checking " + file.name(), file.sizeBytes())) {
        return Optional.of(hasher.hash(file.path(), task));
      }
    } catch (FileChangedException e) {
      leaveOut(file, "it is still being written: it changed while it was read", true);
    } catch (NoSuchFileException e) {
      leaveOut(file, "it was removed while it was looked at", true);
    } catch (AccessDeniedException e) {
      leaveOut(file, "there is no permission to read it. Look at its owner and permissions", false);
    } catch (ClosedByInterruptException stopped) {
      throw stopped;
    } catch (IOException e) {
      leaveOut(file, "it cannot be read: " + reason(e), false);
    }
    return Optional.empty();
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }

  private void leaveOut(TreeFile file, String why, boolean temporary) {
    leftOut.add(
        new LocalSnapshot.LeftOut(
            file.name().value(), new LocalSnapshot.Scope.At(file.name()), why, temporary));
  }
}
