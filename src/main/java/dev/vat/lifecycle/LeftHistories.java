package dev.vat.lifecycle;

import dev.vat.disk.Durability;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.PutAside;
import dev.vat.mhl.MhlLayout;
import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.HostileNameException;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Once a project is home, checksum histories may be all that is left of it in `archived/`: that
/// folder would count as a second one of the project. A history goes home too, as a whole, where
/// the project has none in that place; else it is put aside into `.vat-kept/`. Where any other file
/// is left, everything stays.
public final class LeftHistories {
  private static final FileKinds KINDS = new FileKinds(Long.MAX_VALUE);

  private final Path repository;
  private final FilePlacement placement;

  /// @param repository the repository's folder
  public LeftHistories(Path repository, FilePlacement placement) {
    this.repository = repository.toAbsolutePath().normalize();
    this.placement = placement;
  }

  /// Whoever calls holds the project's lock.
  ///
  /// @param home the project's folder, which is whole
  /// @param lightFolders its folders in `archived/`
  /// @return what was put aside, by its place in `.vat-kept/`
  /// @throws IOException when something cannot be moved; whatever was moved is where it belongs
  public List<Path> settle(Path home, List<Path> lightFolders, Instant now) throws IOException {
    List<Path> aside = new ArrayList<>();
    for (Path folder : lightFolders) {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        for (List<Path> history : histories(folder).values()) {
          if (!goesHome(home, folder, history)) {
            aside.addAll(putAside(history, now));
          }
        }
        new EmptyFolders().removeBelow(folder);
      }
    }
    return aside;
  }

  /// By the folder of each; none when there is anything else.
  private static SortedMap<Path, List<Path>> histories(Path folder) throws IOException {
    SortedMap<Path, List<Path>> histories = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.toList()) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          continue;
        }
        RelativeName name;
        try {
          name = RelativeName.of(folder.relativize(file).toString().replace('\\', '/'));
        } catch (HostileNameException foreign) {
          return new TreeMap<>();
        }
        boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        if (plain && MhlLayout.isHistory(name)) {
          histories.computeIfAbsent(file.getParent(), _ -> new ArrayList<>()).add(file);
        } else if (!plain || KINDS.of(name, Files.size(file)) != FileKind.JUNK) {
          return new TreeMap<>();
        }
      }
    }
    return histories;
  }

  private boolean goesHome(Path home, Path folder, List<Path> history) throws IOException {
    Path from = history.getFirst().getParent();
    Path to = home.resolve(folder.relativize(from).toString());
    if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)
        || !Files.isDirectory(to.getParent(), LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    placement.placeNewFolder(from, to);
    return true;
  }

  private List<Path> putAside(List<Path> history, Instant now) throws IOException {
    PutAside kept = new PutAside(repository, placement);
    List<Path> aside = new ArrayList<>();
    for (Path file : history) {
      Path inside = repository.relativize(file.toAbsolutePath().normalize());
      Path place =
          kept.reserve(
              new ProjectId(inside.getName(0).toString()),
              RelativeName.of(
                  inside.subpath(1, inside.getNameCount()).toString().replace('\\', '/')),
              now);
      Durability.createFolders(place.getParent());
      placement.placeNew(file, place);
      aside.add(place);
    }
    return aside;
  }
}
