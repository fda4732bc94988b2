package dev.vat.lifecycle;

import dev.vat.disk.Durability;
import dev.vat.disk.FilePlacement;
import dev.vat.project.DiskSpelling;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The last steps of bringing a project home: what has come whole and proven into a hidden folder
/// gets its names, and light files leave `archived/`. Nothing is replaced.
final class Arrival {
  private final FilePlacement placement;
  private final List<Path> lightFolders;

  /// @param lightFolders the project's folders in `archived/`, which go when they are empty
  Arrival(FilePlacement placement, List<Path> lightFolders) {
    this.placement = placement;
    this.lightFolders = List.copyOf(lightFolders);
  }

  /// Whether a file is still the one that the plan was made with.
  @FunctionalInterface
  interface Proof {
    boolean holds(Path file) throws IOException;
  }

  /// A light file in `archived/`.
  record Light(RelativeName name, Path from, Proof proof) {}

  /// A whole project, light files included, by one rename: each light file gets a second name (a
  /// hard link) in the hidden folder before it, and loses its first after it. Where the disk has no
  /// hard links it is renamed after it: never into the hidden folder, from which a later run may
  /// remove what is not as on the drive.
  ///
  /// @return light files that were changed meanwhile. When there are some before the project has
  ///     its name, it does not get it
  /// @throws FileAlreadyExistsException when the name was taken meanwhile; it is left alone
  Arrived asOne(Path growing, Path target, List<Light> lights) throws IOException {
    List<RelativeName> changed = new ArrayList<>();
    for (Light light : lights) {
      if (!light.proof().holds(light.from())) {
        changed.add(light.name());
      }
    }
    if (!changed.isEmpty()) {
      return new Arrived(false, changed);
    }
    for (Light light : lights) {
      giveSecondName(light, growing.resolve(light.name().value()));
    }
    placement.placeNewFolder(growing, target);
    return arrived(target, lights);
  }

  /// File by file, where the folder is there already.
  ///
  /// @param came names below the hidden folder
  /// @throws FileAlreadyExistsException when a name was taken meanwhile; what has its name already
  ///     stays, and the next run goes on
  Arrived oneByOne(Path growing, Path target, List<RelativeName> came, List<Light> lights)
      throws IOException {
    for (RelativeName name : came) {
      Path place = DiskSpelling.below(target, name);
      Durability.createFolders(place.getParent());
      placement.placeNew(growing.resolve(name.value()), place);
    }
    if (Files.exists(growing, LinkOption.NOFOLLOW_LINKS)) {
      new EmptyFolders().removeBelow(growing);
    }
    return arrived(target, lights);
  }

  /// The light files leave `archived/`.
  private Arrived arrived(Path target, List<Light> lights) throws IOException {
    List<RelativeName> changed = new ArrayList<>();
    for (Light light : lights) {
      if (!leave(light, DiskSpelling.below(target, light.name()))) {
        changed.add(light.name());
      }
    }
    removeEmptied(lightFolders);
    return new Arrived(true, changed);
  }

  /// @param visible whether what came has its name
  /// @param changed light files that stay where they are
  record Arrived(boolean visible, List<RelativeName> changed) {
    Arrived {
      changed = List.copyOf(changed);
    }
  }

  private static void giveSecondName(Light light, Path place) throws IOException {
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      // Of a run that was cut: a second name of it, or a copy.
      if (!light.proof().holds(place)) {
        throw new FileAlreadyExistsException(place.toString());
      }
      Files.delete(place);
    }
    Durability.createFolders(place.getParent());
    try {
      Files.createLink(place, light.from());
    } catch (FileAlreadyExistsException taken) {
      throw taken; // what is there now is not proven, and must not become visible
    } catch (FileSystemException | UnsupportedOperationException withoutHardLinks) {
      return; // it is renamed once the project has its name, or that says what is wrong
    }
    // The first name goes later because of this one, so this one has to outlive a power cut.
    Durability.ofFolder(place.getParent());
  }

  /// @return false when it is another one by now, or something else has its name; then it stays
  private boolean leave(Light light, Path place) throws IOException {
    if (Files.notExists(light.from(), LinkOption.NOFOLLOW_LINKS)) {
      return Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    }
    if (isSecondName(light.from(), place)) {
      Files.delete(light.from());
      return true;
    }
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) || !light.proof().holds(light.from())) {
      return false;
    }
    Durability.createFolders(place.getParent());
    placement.placeNew(light.from(), place);
    return true;
  }

  /// Whether both are names of one file, so that removing one of them loses nothing. Where the
  /// system counts no names, that their real paths differ is enough.
  static boolean isSecondName(Path one, Path other) throws IOException {
    return Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)
        && HardLinks.areTwoNames(one, other, true);
  }

  /// Also what a run left empty that was cut before it came to that.
  private static void removeEmptied(List<Path> lightFolders) throws IOException {
    for (Path folder : lightFolders) {
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        new EmptyFolders().removeBelow(folder);
      }
    }
  }
}
