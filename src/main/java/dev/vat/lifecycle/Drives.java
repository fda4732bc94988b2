package dev.vat.lifecycle;

import dev.vat.catalog.BaseOwnerFile;
import dev.vat.catalog.Catalog;
import dev.vat.catalog.CatalogException;
import dev.vat.catalog.DriveId;
import dev.vat.catalog.DriveLabel;
import dev.vat.catalog.KnownDrive;
import dev.vat.disk.SmallFile;
import dev.vat.disk.Volume;
import dev.vat.disk.Volumes;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds drives by their identity: the id file that `vat` wrote to each, and what the system calls
/// its file system. A path, a letter or a folder that merely exists identifies nothing.
///
/// Looking writes nothing anywhere. Only [#adopt] and [#relabel] write, and only the id file.
public final class Drives {
  private final Path repository;
  private final String name;
  private final Optional<Path> ssdBase;
  private final boolean sameDiskOk;
  private final Volumes volumes;
  private final InstantSource clock;

  /// @param repository the repository's folder
  /// @param name the repository's, as in keys: whose copies are in a folder on a drive
  /// @param ssdBase `SSD_BASE`
  /// @param sameDiskOk `SSD_SAME_DISK_OK`
  /// @param clock for the date in a new id file
  public Drives(
      Path repository,
      String name,
      Optional<Path> ssdBase,
      boolean sameDiskOk,
      Volumes volumes,
      InstantSource clock) {
    this.repository = repository;
    this.name = name;
    this.ssdBase = ssdBase;
    this.sameDiskOk = sameDiskOk;
    this.volumes = volumes;
    this.clock = clock;
  }

  /// A folder that shows an id.
  private record Showing(Path base, Volume volume, DriveLabel label) {}

  /// Looks for the drive that `SSD_BASE` names.
  ///
  /// @param known which drive that is, when one was ever seen there
  public Located primary(Catalog known) {
    Optional<KnownDrive> expected = known.primaryDrive().map(known.drives()::get);
    if (ssdBase.isEmpty()) {
      return new Located.NotSet();
    }
    return expected.map(drive -> locate(drive, ssdBase)).orElseGet(() -> at(ssdBase.get(), known));
  }

  /// Looks at what is at `SSD_BASE`, whichever drive was there before.
  public Located atSsdBase(Catalog known) {
    return ssdBase.map(base -> at(base, known)).orElseGet(Located.NotSet::new);
  }

  /// Looks for a known drive by its name or id.
  public Located named(String given, Catalog known) {
    List<KnownDrive> drives = known.drivesNamed(given);
    return switch (drives.size()) {
      case 0 ->
          new Located.NoSuchDrive(
              given, known.drives().values().stream().map(KnownDrive::name).sorted().toList());
      case 1 -> located(drives.getFirst(), known);
      default -> new Located.SameName(given, drives);
    };
  }

  /// Looks for a known drive: where it was last, and wherever drives are mounted now.
  public Located located(KnownDrive drive, Catalog known) {
    boolean primary = known.primaryDrive().equals(Optional.of(drive.id()));
    return locate(drive, primary ? ssdBase : Optional.empty());
  }

  /// Looks at a folder without expecting a certain drive there.
  ///
  /// @param known for the names that are taken
  public Located at(Path base, Catalog known) {
    if (!Files.isDirectory(base)) {
      return new Located.NotConnected(Optional.empty(), base);
    }
    try {
      Volume volume = volumes.of(base);
      boolean own = volumes.same(base, repository);
      if (own && !sameDiskOk) {
        return new Located.OnOwnDisk(base);
      }
      if (!sameDiskOk && isStaleMount(base, volume)) {
        return new Located.StaleMount(base);
      }
      Optional<DriveLabel> label = IdFiles.at(base, volume, own);
      if (label.isPresent()) {
        Optional<KnownDrive> same = Optional.ofNullable(known.drives().get(label.get().id()));
        if (same.isPresent() && isOtherVolume(same.get(), volume)) {
          return new Located.Cloned(same.get(), List.of(base));
        }
        return connected(new Showing(base, volume, label.get()), own);
      }
      Optional<String> others = otherOwner(base);
      if (others.isPresent()) {
        return new Located.OfAnotherRepository(base, others.get(), name);
      }
      DriveLabel fresh = freshLabel(freeName(IdFiles.nameFor(base, volume, own), known));
      return new Located.Unmarked(
          facts(new Showing(base, volume, fresh)), fresh, base, volume, own);
    } catch (CatalogException bad) {
      return new Located.BadIdFile(base, bad.getMessage());
    } catch (IOException untold) {
      return new Located.CannotTell(base, words(untold));
    }
  }

  /// The known drive without an id file whose file system a folder is on, by what the system calls
  /// it.
  public Optional<KnownDrive> knownByVolume(Located.Unmarked found, Catalog known) {
    Optional<String> uuid = volumes.uuid(found.volume());
    return uuid.isEmpty()
        ? Optional.empty()
        : known.drives().values().stream().filter(d -> d.volume().equals(uuid)).findFirst();
  }

  /// Writes the id file to a drive that has none, at the top of its volume; where that is not ours
  /// to write, in the base folder. Nothing is ever replaced.
  ///
  /// @return [Located.Connected]; or why not
  public Located adopt(Located.Unmarked found) {
    return adopt(found, found.label());
  }

  /// The same with another label: a name that was chosen, or [#labelAgain].
  public Located adopt(Located.Unmarked found, DriveLabel label) {
    try {
      IdFiles.create(found, label);
      return connected(
          new Showing(found.base(), found.volume(), label), found.onRepositoryVolume());
    } catch (FileAlreadyExistsException another) {
      return new Located.BadIdFile(
          found.base(), another.getFile() + " was written by somebody else just now");
    } catch (IOException refused) {
      return new Located.CannotMark(found.base(), words(refused));
    }
  }

  /// The label of a known drive whose id file was lost.
  public DriveLabel labelAgain(KnownDrive drive) {
    return new DriveLabel(
        drive.id(), drive.name(), clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  /// Writes the id file of a connected drive anew: another name, or, for a copy of another drive,
  /// an id of its own.
  ///
  /// @return the drive as it is now; or why not
  public Located relabel(Located.Connected drive, DriveLabel label) {
    try {
      IdFiles.replace(drive, label);
      return connected(
          new Showing(drive.base(), drive.volume(), label), drive.onRepositoryVolume());
    } catch (IOException refused) {
      return new Located.CannotMark(drive.base(), words(refused));
    }
  }

  /// What a folder shows, whatever is known of that id: for giving a copied drive an id of its own.
  ///
  /// @return empty when it shows none, or may not be used
  public Optional<Located.Connected> showing(Path base) {
    return at(base, Catalog.empty()) instanceof Located.Connected found
        ? Optional.of(found)
        : Optional.empty();
  }

  /// An identity that no drive has yet.
  ///
  /// @param name as [DriveLabel#isName]
  public DriveLabel freshLabel(String name) {
    return new DriveLabel(DriveId.fresh(), name, clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  private Located locate(KnownDrive drive, Optional<Path> expectedAt) {
    Path first = expectedAt.or(() -> path(drive.lastPath())).orElse(repository);
    try {
      List<Showing> found = showing(drive, first);
      if (found.size() > 1) {
        return new Located.Cloned(drive, found.stream().map(Showing::base).toList());
      }
      if (found.isEmpty()) {
        return missing(drive, first, expectedAt.isPresent());
      }
      Showing one = found.getFirst();
      if (!Files.isDirectory(one.base())) {
        return new Located.NoFolder(drive, one.base());
      }
      boolean own = volumes.same(one.base(), repository);
      if (own && !sameDiskOk) {
        return new Located.OnOwnDisk(one.base());
      }
      if (isOtherVolume(drive, one.volume())) {
        return new Located.Cloned(drive, List.of(one.base()));
      }
      return connected(one, own);
    } catch (CatalogException bad) {
      return new Located.BadIdFile(first, bad.getMessage());
    } catch (IOException untold) {
      return new Located.CannotTell(first, words(untold));
    }
  }

  /// Everything that shows a drive's id, each volume once.
  private List<Showing> showing(KnownDrive drive, Path first) throws IOException {
    List<Showing> found = new ArrayList<>();
    if (Files.isDirectory(first)) {
      Volume volume = volumes.of(first);
      IdFiles.at(first, volume, volumes.same(first, repository))
          .filter(label -> label.id().equals(drive.id()))
          .ifPresent(label -> found.add(new Showing(first, volume, label)));
    }
    for (Volume volume : volumes.mounted()) {
      if (found.stream().anyMatch(one -> one.volume().device().equals(volume.device()))) {
        continue;
      }
      Path base = below(volume.root(), drive.base());
      IdFiles.inPassing(base, volume)
          .filter(label -> label.id().equals(drive.id()))
          .ifPresent(label -> found.add(new Showing(base, volume, label)));
    }
    return found;
  }

  private Located missing(KnownDrive drive, Path first, boolean isSsdBase) throws IOException {
    Located gone = new Located.NotConnected(Optional.of(drive), first);
    if (!Files.isDirectory(first)) {
      return gone;
    }
    Volume volume = volumes.of(first);
    Optional<String> uuid = volumes.uuid(volume);
    boolean sameVolume = uuid.isPresent() && uuid.equals(drive.volume());
    boolean own = volumes.same(first, repository);
    if (!isSsdBase) {
      return sameVolume && !own ? new Located.NoIdFile(drive, first, true) : gone;
    }
    if (own && !sameDiskOk) {
      return new Located.OnOwnDisk(first);
    }
    if (!sameDiskOk && isStaleMount(first, volume)) {
      return new Located.StaleMount(first);
    }
    return IdFiles.at(first, volume, own)
        .<Located>map(other -> new Located.AnotherDrive(drive, other, first))
        .orElseGet(() -> new Located.NoIdFile(drive, first, sameVolume && !own));
  }

  private boolean isOtherVolume(KnownDrive drive, Volume volume) {
    if (drive.volume().isEmpty()) {
      return false;
    }
    Optional<String> now = volumes.uuid(volume);
    return now.isPresent()
        && system(now.get()).equals(system(drive.volume().get()))
        && !now.equals(drive.volume());
  }

  private static String system(String uuid) {
    return uuid.substring(0, uuid.indexOf(':') + 1);
  }

  /// Where the systems mount drives a folder that is on the system's own disk is no drive.
  static boolean isStaleMount(Path base, Volume volume) {
    String text = base.toAbsolutePath().toString();
    boolean amongMounts =
        text.startsWith("/Volumes/")
            || text.startsWith("/media/")
            || text.startsWith("/run/media/");
    String root = volume.root().toString();
    return amongMounts
        && !(root.startsWith("/Volumes/")
            || root.startsWith("/media/")
            || root.startsWith("/run/media/"));
  }

  private Located connected(Showing found, boolean own) throws IOException {
    Optional<String> others = otherOwner(found.base());
    return others.isPresent()
        ? new Located.OfAnotherRepository(found.base(), others.get(), name)
        : new Located.Connected(facts(found), found.label(), found.base(), found.volume(), own);
  }

  private Optional<String> otherOwner(Path base) throws IOException {
    return BaseOwnerFile.in(base).filter(owner -> !owner.equalsIgnoreCase(name));
  }

  /// Says in the folder on a drive that this repository's copies are in it, before the first one is
  /// written there. Nothing is replaced.
  ///
  /// @return what the folder is now: another repository may have been faster
  public Located claim(Located.Readable drive, Catalog known) {
    try {
      if (BaseOwnerFile.in(drive.base()).isEmpty()) {
        SmallFile.create(drive.base().resolve(BaseOwnerFile.NAME), BaseOwnerFile.content(name));
      }
    } catch (FileAlreadyExistsException another) {
      return at(drive.base(), known);
    } catch (IOException refused) {
      // Who cannot write this can write no copy either, and is told so then.
      return drive;
    }
    return drive;
  }

  private KnownDrive facts(Showing found) throws IOException {
    FileStore store = Files.getFileStore(found.base());
    Path real = found.base().toRealPath();
    Path root = found.volume().root();
    return new KnownDrive(
        found.label().id(),
        found.label().name(),
        volumes.uuid(found.volume()),
        real.startsWith(root) ? slashed(root.relativize(real)) : "",
        found.base().toString(),
        Optional.empty(),
        OptionalLong.of(store.getUsableSpace()),
        OptionalLong.of(store.getTotalSpace()));
  }

  /// A name that no other known drive has: `T7`, else `T7 2`.
  public static String freeName(String wanted, Catalog known) {
    String name = wanted;
    for (int i = 2; !known.drivesNamed(name).isEmpty(); i++) {
      name = wanted + " " + i;
    }
    return DriveLabel.isName(name) ? name : "SSD " + DriveId.fresh().value().substring(0, 8);
  }

  private static Path below(Path root, String slashed) {
    Path base = path(slashed).map(root::resolve).orElse(root).normalize();
    return base.startsWith(root) ? base : root;
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException ofAnotherSystem) {
      return Optional.empty();
    }
  }

  private static String slashed(Path relative) {
    return relative.toString().replace('\\', '/');
  }

  private static String words(IOException fault) {
    return fault.getMessage() == null ? fault.toString() : fault.getMessage();
  }
}
