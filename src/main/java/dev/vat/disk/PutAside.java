package dev.vat.disk;

import dev.vat.project.DiskSpelling;
import dev.vat.project.FileStamp;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A repository's `.vat-kept/`: where files go that lost a decision (design 3, 7.5), as
/// `TIME/PROJECT/NAME`, TIME in UTC like `2026-11-22_153000Z`, with `-2`, `-3` ... behind it when
/// the same name is put aside twice in one second.
///
/// User data, not a cache. It walks nothing but this folder, follows no links, and leaves alone
/// what it does not recognise.
public final class PutAside {
  private static final String FOLDER = ".vat-kept";
  // Not Locale.getDefault(): digits and separators are part of the layout.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd_HHmmssX", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path repository;
  private final Path root;
  private final FilePlacement placement;

  /// @param repository the repository's folder
  public PutAside(Path repository, FilePlacement placement) {
    this.repository = repository.toAbsolutePath().normalize();
    this.root = this.repository.resolve(FOLDER);
    this.placement = placement;
  }

  /// A free place for a file that is about to be put aside. Nothing is created: whoever places
  /// without replacing there notices when another was faster, and asks again.
  ///
  /// @param insideProject for example `s3-staging/draft.mp4`
  /// @throws FileSystemException when `.vat-kept` is a link or no folder
  public Path reserve(ProjectId project, RelativeName insideProject, Instant now)
      throws IOException {
    requireOwnFolder();
    String time = TIME.format(now);
    for (int number = 1; ; number++) {
      Path folder = root.resolve(number == 1 ? time : time + "-" + number);
      Path place = folder.resolve(project.value()).resolve(insideProject.value());
      if (free(place)) {
        return place;
      }
    }
  }

  /// Neither the place itself is taken, nor is a file (or link) where one of its folders must be.
  private boolean free(Path place) {
    for (Path above = place.getParent(); !above.equals(root); above = above.getParent()) {
      if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return !Files.exists(place, LinkOption.NOFOLLOW_LINKS);
  }

  /// Everything that is kept, oldest first.
  ///
  /// @throws IOException when a folder cannot be read: a failed listing is never a shorter one
  public List<KeptFile> list() throws IOException {
    if (Files.notExists(root, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    requireOwnFolder();
    return new KeptListing(root, TIME).read();
  }

  /// Where files of a folder of the repository are kept, the latest first.
  ///
  /// @param folder for example `b40-flight`
  /// @throws IOException when it cannot be told
  public List<Path> foldersOf(RelativeName folder) throws IOException {
    if (Files.notExists(root, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    requireOwnFolder();
    try (Stream<Path> times = Files.list(root)) {
      return times
          .sorted(Comparator.reverseOrder())
          .map(time -> time.resolve(folder.value()))
          .filter(kept -> Files.isDirectory(kept, LinkOption.NOFOLLOW_LINKS))
          .toList();
    }
  }

  /// Brings a kept file back to its place in its project, if nothing is there, and never through a
  /// link: what that leads to is not the repository's.
  public BroughtBack restore(KeptFile file) throws IOException {
    if (!asListed(file)) {
      return new BroughtBack.Changed(file.stamp().path());
    }
    Path place =
        DiskSpelling.below(repository, RelativeName.of(file.project() + "/" + file.name()));
    // Before asking what is there: through a link that would be about another folder's files.
    for (Path above = place.getParent(); !above.equals(repository); above = above.getParent()) {
      if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
        return new BroughtBack.InTheWay(above);
      }
    }
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      return new BroughtBack.Taken(place);
    }
    Durability.createFolders(place.getParent());
    try {
      placement.placeNew(file.stamp().path(), place);
    } catch (FileAlreadyExistsException taken) {
      return new BroughtBack.Taken(place);
    }
    removeEmptyAbove(file.stamp().path());
    return new BroughtBack.Restored(place);
  }

  /// Destroys kept files for good: exactly those listed ones that were put aside before a moment
  /// and have not changed since they were listed. Cut in the middle, the rest is still kept.
  ///
  /// @return those that were destroyed
  public List<KeptFile> empty(Instant keptBefore, Collection<KeptFile> files) throws IOException {
    List<KeptFile> destroyed = new ArrayList<>();
    for (KeptFile file : files) {
      if (file.keptAt().isBefore(keptBefore) && asListed(file)) {
        Files.delete(file.stamp().path());
        removeEmptyAbove(file.stamp().path());
        destroyed.add(file);
      }
    }
    return destroyed;
  }

  /// Also refuses what was never in this folder.
  private boolean asListed(KeptFile file) throws IOException {
    requireOwnFolder();
    Path path = file.stamp().path();
    if (!path.normalize().equals(path) || !path.startsWith(root)) {
      throw new IllegalArgumentException("not a kept file of this repository: " + path);
    }
    for (Path above = path.getParent(); !above.equals(root); above = above.getParent()) {
      if (!Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    try {
      FileStamp now = FileStamps.of(path);
      return now.equals(file.stamp());
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  private void removeEmptyAbove(Path path) throws IOException {
    for (Path above = path.getParent(); !above.equals(root); above = above.getParent()) {
      try {
        Files.delete(above);
      } catch (DirectoryNotEmptyException inUse) {
        return;
      }
    }
  }

  private void requireOwnFolder() throws IOException {
    if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          root.toString(),
          null,
          "it must be a folder of its own, not a link or a file: move it away and run again");
    }
  }
}
