package dev.vat.lifecycle;

import dev.vat.disk.Durability;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.PutAside;
import dev.vat.project.DiskSpelling;
import dev.vat.project.HostileNameException;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// `.vat-releasing/`: where a file is looked at for the last time before it is deleted (design
/// 7.2). It lies under the same path there as in the folder above, so that it can be brought back
/// without any notes.
public final class ReleasingFolder {
  private static final String NAME = ".vat-releasing";

  private final Path root;
  private final Path folder;
  private final FilePlacement placement;
  private final PutAside kept;
  private final InstantSource clock;

  ReleasingFolder(Path root, FilePlacement placement, InstantSource clock) {
    this.root = root.toAbsolutePath().normalize();
    this.folder = this.root.resolve(NAME);
    this.placement = placement;
    this.kept = new PutAside(this.root, placement);
    this.clock = clock;
  }

  /// The one of a repository, with whatever this system offers.
  public static ReleasingFolder of(Path root, InstantSource clock) {
    return new ReleasingFolder(root, FilePlacement.ofThisSystem(), clock);
  }

  /// Where it is, or would be.
  Path path() {
    return folder;
  }

  /// A file that was brought back.
  ///
  /// @param place where it is now: where it was, or in `.vat-kept/` when its name is taken by now
  public record BroughtBack(Path place, boolean home) {}

  /// Moves a file here. When this returns, that is on the device.
  ///
  /// @param file below the root, absolute
  /// @return where it is now
  /// @throws FileAlreadyExistsException when a cut run left one of that name: bring it back first
  /// @throws dev.vat.disk.AcrossFileSystemsException when it is on another file system
  Path hold(Path file) throws IOException {
    Path place = folder.resolve(root.relativize(file));
    requireRealFolders(place.getParent());
    Durability.createFolders(place.getParent());
    placement.placeNew(file, place);
    return place;
  }

  /// Moves a file back to where it was. Never replaces: with its name taken, it goes to
  /// `.vat-kept/`.
  ///
  /// @throws IOException and it is still here
  BroughtBack bringBack(Path place, ProjectId project) throws IOException {
    Path inRoot = folder.relativize(place);
    Path home = root.resolve(inRoot);
    try {
      Durability.createFolders(home.getParent());
      placement.placeNew(place, home);
      tidy(place.getParent());
      return new BroughtBack(home, true);
    } catch (FileAlreadyExistsException taken) {
      if (HardLinks.areTwoNames(place, home, false)) {
        // Cut between the two halves of a move by link and unlink: the other name is still there.
        // Where the system counts no names, it is put aside instead, which loses nothing.
        Files.delete(place);
        tidy(place.getParent());
        return new BroughtBack(home, true);
      }
      Path aside = kept.reserve(project, insideProject(inRoot), clock.instant());
      Durability.createFolders(aside.getParent());
      placement.placeNew(place, aside);
      tidy(place.getParent());
      return new BroughtBack(aside, false);
    }
  }

  private static RelativeName insideProject(Path inRoot) {
    Path below = inRoot.subpath(1, inRoot.getNameCount());
    return RelativeName.of(below.toString().replace('\\', '/'));
  }

  /// The projects of which something is here. Changes nothing.
  ///
  /// @throws IOException when that cannot be told, or this is no folder of its own
  List<ProjectId> projects() throws IOException {
    if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    requireRealFolders(folder);
    List<ProjectId> projects = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && !name.startsWith(".")) {
          try {
            projects.add(new ProjectId(RelativeName.of(name).value()));
          } catch (HostileNameException ofNoProject) {
            // No release of ours put it here.
          }
        }
      }
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    return projects.stream().sorted().toList();
  }

  /// What a run that was cut left here of a project. Changes nothing.
  ///
  /// @return where the files are now
  /// @throws IOException when that cannot be told, or this is no folder of its own
  public List<Path> left(ProjectId project) throws IOException {
    if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    requireRealFolders(folder);
    return filesOf(project);
  }

  /// Brings back what a run that was cut left of a project. Under the project's lock; changes
  /// nothing when there is nothing.
  ///
  /// @throws IOException and what was not brought back is still here
  public List<BroughtBack> bringBack(ProjectId project) throws IOException {
    List<BroughtBack> back = new ArrayList<>();
    for (Path file : left(project)) {
      back.add(bringBack(file, project));
    }
    if (isInUse(project)) {
      tidyAll(project);
    }
    return back;
  }

  /// Whether anything of the project is here, be it the empty folders of a run that was cut after
  /// it had deleted the files.
  ///
  /// @throws IOException when that cannot be told
  public boolean isInUse(ProjectId project) throws IOException {
    return !DiskSpelling.of(folder, project.value()).isEmpty();
  }

  private void tidyAll(ProjectId project) throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path one : DiskSpelling.of(folder, project.value())) {
      Files.walkFileTree(
          one,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult postVisitDirectory(Path at, IOException fault) {
              folders.add(at);
              return FileVisitResult.CONTINUE;
            }
          });
    }
    folders.forEach(this::tidy);
  }

  private List<Path> filesOf(ProjectId project) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path one : DiskSpelling.of(folder, project.value())) {
      Files.walkFileTree(
          one,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
              if (facts.isRegularFile()) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    }
    return files;
  }

  /// Removes folders here that are empty, from one upwards, as far as the system lets them go.
  private void tidy(Path from) {
    for (Path at = from; at.startsWith(folder); at = at.getParent()) {
      try {
        Files.delete(at);
      } catch (NoSuchFileException gone) {
        // Another one was faster.
      } catch (IOException inUse) {
        // Not empty, or open in a window of Windows: no failure of what was done with the files.
        return;
      }
    }
  }

  /// Removes folders here that are empty, after files were deleted.
  ///
  /// @param places where they were
  void tidy(List<Path> places) {
    for (Path place : places) {
      tidy(place.getParent());
    }
  }

  /// Nothing is moved through a link.
  private void requireRealFolders(Path below) throws FileSystemException {
    for (Path at = below; !at.equals(root); at = at.getParent()) {
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileSystemException(
            at.toString(),
            null,
            "it must be a folder of its own, not a link or a file: move it away and run again");
      }
    }
  }
}
