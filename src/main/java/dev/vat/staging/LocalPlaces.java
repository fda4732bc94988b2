package dev.vat.staging;

import dev.vat.disk.ContentHasher;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.FileStamps;
import dev.vat.disk.PutAside;
import dev.vat.disk.Replaced;
import dev.vat.progress.Progress;
import dev.vat.project.ContentHash;
import dev.vat.project.DiskSpelling;
import dev.vat.project.FileStamp;
import dev.vat.project.ProjectHome;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Gives files their places in the local `s3-staging/` folder, and never overwrites one there
/// (design, section 7.4).
final class LocalPlaces {
  private final Path staging;
  private final ProjectId project;
  private final FilePlacement placement;
  private final PutAside aside;
  private final Downloader downloader;
  private final InstantSource clock;
  private final ContentHasher hasher = new ContentHasher();

  LocalPlaces(
      Path staging,
      ProjectId project,
      FilePlacement placement,
      PutAside aside,
      Downloader downloader,
      InstantSource clock) {
    this.staging = staging;
    this.project = project;
    this.placement = placement;
    this.aside = aside;
    this.downloader = downloader;
    this.clock = clock;
  }

  sealed interface Brought {
    /// @param stamp of the file in its place; empty when somebody wrote to it there already
    /// @param putAside where the replaced file is kept
    /// @param isProven whether anything that S3 tells proved the content
    record Placed(
        Optional<FileStamp> stamp, ContentHash content, Optional<Path> putAside, boolean isProven)
        implements Brought {}

    /// Something else is in the place by now, and was left there. The download is kept for the next
    /// run.
    record Prevented(String why) implements Brought {}
  }

  /// Downloads S3's version and puts it in place.
  ///
  /// @param replaced the local file that the decision was about, put aside; empty when there was
  ///     none
  Brought bring(RemoteFile file, Optional<LocalFile> replaced) throws IOException {
    Path target;
    if (replaced.isPresent()) {
      target = replaced.get().path();
    } else {
      switch (placeFor(file.name())) {
        case Place.Free free -> target = free.path();
        case Place.Taken taken -> {
          return new Brought.Prevented(taken.why());
        }
      }
    }
    Downloader.Fetched fetched = downloader.fetch(file, target);
    Brought brought =
        replaced.isPresent()
            ? replaced(fetched, replaced.get())
            : placed(fetched, target, file.name());
    if (brought instanceof Brought.Placed) {
      downloader.forget(file);
    }
    return brought;
  }

  private Brought placed(Downloader.Fetched fetched, Path target, RelativeName name)
      throws IOException {
    try {
      placement.placeNew(fetched.temporary(), target);
    } catch (FileAlreadyExistsException e) {
      return new Brought.Prevented(
          "a file called "
              + name.fileName()
              + " is here by now, or one whose name differs only in"
              + " case");
    }
    return new Brought.Placed(
        stampOf(fetched, target), fetched.content(), Optional.empty(), fetched.isProven());
  }

  /// An editor may have saved under that name before we look: then what is there is not what was
  /// fetched, even with as many bytes.
  private static Optional<FileStamp> stampOf(Downloader.Fetched fetched, Path target) {
    try {
      FileStamp there = FileStamps.of(target);
      boolean untouched =
          there.sizeBytes() == fetched.stamp().sizeBytes()
              && there.modifiedAt().equals(fetched.stamp().modifiedAt());
      return untouched ? Optional.of(there) : Optional.empty();
    } catch (IOException movedAway) {
      return Optional.empty();
    }
  }

  private Brought replaced(Downloader.Fetched fetched, LocalFile old) throws IOException {
    Path kept =
        aside.reserve(
            project, RelativeName.of(ProjectHome.STAGING + "/" + old.name()), clock.instant());
    Replaced replaced =
        placement.replace(fetched.temporary(), old.path(), kept, moved -> isStill(moved, old));
    return switch (replaced) {
      case Replaced.Done done ->
          new Brought.Placed(
              stampOf(fetched, old.path()),
              fetched.content(),
              Optional.of(done.aside()),
              fetched.isProven());
      case Replaced.NotTheSame _ ->
          new Brought.Prevented("it was changed here meanwhile, and stays as it is");
      case Replaced.Taken _ ->
          new Brought.Prevented("another file was put in its place here meanwhile");
    };
  }

  private boolean isStill(Path moved, LocalFile old) throws IOException {
    return hasher.hash(moved, Progress.none().begin("", 0)).content().equals(old.content());
  }

  /// Whether the file is, by all that the file system tells, still the one that was hashed.
  static boolean isAsStamped(LocalFile file) {
    try {
      return FileStamps.of(file.path()).equals(file.stamp());
    } catch (IOException e) {
      return false;
    }
  }

  /// Renames a local file without replacing.
  ///
  /// @return empty when the name is taken
  Optional<LocalFile> rename(LocalFile file, RelativeName to) throws IOException {
    Path target = file.path().resolveSibling(to.fileName());
    try {
      placement.placeNew(file.path(), target);
    } catch (FileAlreadyExistsException e) {
      return Optional.empty();
    }
    return Optional.of(new LocalFile(to, FileStamps.of(target), file.content()));
  }

  private sealed interface Place {
    record Free(Path path) implements Place {}

    /// @param why fit for users
    record Taken(String why) implements Place {}
  }

  /// Where a new file goes: each folder on the way as it is spelled here already, never through a
  /// link, which could lead anywhere.
  ///
  /// @throws IOException when a folder cannot be looked at, or this system cannot write the name
  private Place placeFor(RelativeName name) throws IOException {
    Path path = staging;
    String[] parts = name.value().split("/");
    for (int i = 0; i < parts.length; i++) {
      Path part = written(parts[i], name);
      List<Path> same = DiskSpelling.of(path, parts[i]);
      if (same.size() > 1) {
        return taken("two that are called " + part + ", with its accents stored in two ways, are");
      }
      if (same.isEmpty()) {
        path = path.resolve(part);
        continue;
      }
      path = same.getFirst();
      Optional<String> inTheWay = inTheWay(path, i == parts.length - 1);
      if (inTheWay.isPresent()) {
        String spelled = path.toRealPath(LinkOption.NOFOLLOW_LINKS).getFileName().toString();
        return taken(
            spelled.equalsIgnoreCase(parts[i]) && !spelled.equals(parts[i])
                ? inTheWay.get() + " called " + spelled + ", which is the same to this disk, is"
                : inTheWay.get() + " called " + part + " is");
      }
    }
    return new Place.Free(path);
  }

  private static Place taken(String what) {
    return new Place.Taken(what + " in its place here. Rename or move that first");
  }

  /// @param last whether the file itself is to have this name, and not a folder above it
  private static Optional<String> inTheWay(Path path, boolean last) throws IOException {
    BasicFileAttributes there =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (there.isSymbolicLink() || (there.isDirectory() && there.isOther())) {
      return Optional.of("a link");
    }
    if (there.isDirectory()) {
      return last ? Optional.of("a folder") : Optional.empty();
    }
    return Optional.of("a file");
  }

  /// Without a UTF-8 locale (`LC_ALL=C`, as in scheduled jobs) Java cannot name files beyond ASCII.
  private static Path written(String part, RelativeName name) throws FileSystemException {
    try {
      return Path.of(part);
    } catch (InvalidPathException e) {
      FileSystemException told =
          new FileSystemException(
              name.value(),
              null,
              "this system cannot write that name. If it holds letters beyond a-z, run vat with a"
                  + " UTF-8 locale (LC_ALL=C.UTF-8)");
      told.initCause(e);
      throw told;
    }
  }
}
