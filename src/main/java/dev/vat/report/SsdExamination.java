package dev.vat.report;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CatalogException;
import dev.vat.catalog.CatalogFile;
import dev.vat.catalog.KnownDrive;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.disk.ContentHasher;
import dev.vat.disk.FreeSpace;
import dev.vat.disk.SmallFile;
import dev.vat.lifecycle.CutRelease;
import dev.vat.lifecycle.Drives;
import dev.vat.lifecycle.Located;
import dev.vat.project.FileKinds;
import dev.vat.project.Repository;
import dev.vat.project.Sizes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Whether the drives are the right ones and can be written, and what is lost with one of them.
/// Writes nothing to them, not even an id file.
final class SsdExamination implements Examination {
  private final Repository repository;
  private final Drives drives;

  SsdExamination(Repository repository, Drives drives) {
    this.repository = repository;
    this.drives = drives;
  }

  @Override
  public Check check() {
    return Check.SSD;
  }

  @Override
  public void run(Consumer<Finding> to) throws IOException {
    Catalog known;
    try {
      known = new CatalogFile(repository.root(), SmallFile::replace).read();
    } catch (CatalogException broken) {
      to.accept(
          Finding.problem(
              Check.SSD,
              broken.getMessage() + ".",
              "Move that file away and run vat manifest with the drives connected."));
      return;
    }
    Located primary = drives.primary(known);
    if (!(primary instanceof Located.NotSet && !known.drives().isEmpty())) {
      tell(primary, true, to);
    }
    for (KnownDrive drive : known.drives().values()) {
      boolean told =
          primary instanceof Located.Readable there
              ? there.label().id().equals(drive.id())
              : known.primaryDrive().equals(Optional.of(drive.id()));
      if (!told) {
        tell(drives.located(drive, known), false, to);
      }
      lostWith(drive, known, to);
    }
  }

  private void tell(Located located, boolean primary, Consumer<Finding> to) throws IOException {
    switch (located) {
      case Located.Connected there -> connected(there, to);
      case Located.Unmarked there -> {
        to.accept(
            Finding.note(
                Check.SSD,
                "At " + there.base() + " is a drive that vat does not know yet.",
                primary ? "vat manifest takes it up." : ""));
        writable(there, to);
      }
      // Whoever only edits what others archive needs none.
      case Located.NotSet none -> to.accept(Finding.ok(Check.SSD, none.message()));
      case Located.NotConnected away ->
          to.accept(Finding.note(Check.SSD, away.message(), sentence(away.remedy())));
      case Located.Unusable not ->
          to.accept(
              not.needsDecision()
                  ? Finding.problem(Check.SSD, not.message(), sentence(not.remedy()))
                  : Finding.warning(Check.SSD, not.message(), sentence(not.remedy())));
    }
  }

  private static void connected(Located.Connected there, Consumer<Finding> to) throws IOException {
    FreeSpace space = FreeSpace.on(there.base(), 0);
    String name = there.drive().name();
    String free = name + " is at " + there.base() + ", " + Sizes.of(space.availableBytes());
    to.accept(
        space.enough()
            ? Finding.ok(Check.SSD, free + " free.")
            : Finding.warning(
                Check.SSD,
                free + " free: it is full.",
                "Make room on it, or use one more drive: vat drives add PATH"));
    writable(there, to);
    if (ContentHasher.answersFromItsOwnCache(there.base())) {
      to.accept(
          Finding.note(
              Check.SSD,
              name
                  + " is driven by a program or served by another system ("
                  + there.volume().type()
                  + "), so it cannot be read past a memory in between: copies on it are compared,"
                  + " and not proven.",
              "To have archiving release local files, use the system's own driver or another file"
                  + " system, and run vat on the system that the drive is plugged into (under WSL:"
                  + " vat for Windows)."));
    }
    // No time is asked for by a look.
    for (CutRelease cut : CutRelease.onDrive(there.base(), name, () -> Instant.EPOCH)) {
      to.accept(
          Finding.warning(
              Check.LEFTOVERS,
              cut.message() + ".",
              "Until then those files are neither shown nor copied."));
    }
    for (Path left : leftovers(there.base())) {
      to.accept(
          Finding.note(
              Check.SSD,
              left + " is what a copy that was cut has left.",
              "The same vat archive or vat copy goes on with it."));
    }
  }

  private static void writable(Located.Readable there, Consumer<Finding> to) throws IOException {
    if (Files.getFileStore(there.base()).isReadOnly() || !Files.isWritable(there.base())) {
      to.accept(
          Finding.warning(
              Check.SSD,
              "Nothing can be written in " + there.base() + ": it can be read only.",
              "Is the drive write-protected, or formatted for another system? (A Mac only reads"
                  + " NTFS.)"));
    }
    if (there.onRepositoryVolume()) {
      to.accept(
          Finding.note(
              Check.SSD,
              there.base() + " is on the repository's own disk (SSD_SAME_DISK_OK=1).",
              "Good for trying things; what is there counts as no second copy."));
    }
  }

  /// What begins to grow in the base folder and in its range folders has such a name.
  private static List<Path> leftovers(Path base) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path entry : folders(base)) {
      if (isTemporary(entry)) {
        found.add(entry);
      } else {
        folders(entry).stream().filter(SsdExamination::isTemporary).forEach(found::add);
      }
    }
    return found;
  }

  private static boolean isTemporary(Path folder) {
    return folder.getFileName().toString().startsWith(FileKinds.TEMPORARY_PREFIX);
  }

  private static List<Path> folders(Path above) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            above, entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))) {
      entries.forEach(folders::add);
    } catch (DirectoryIteratorException broken) {
      throw broken.getCause();
    } catch (AccessDeniedException systemsOwn) {
      return List.of();
    }
    folders.sort(null);
    return folders;
  }

  private static void lostWith(KnownDrive drive, Catalog known, Consumer<Finding> to) {
    List<ProjectEntry> on =
        known.projects().values().stream().filter(p -> p.on(drive.id()).isPresent()).toList();
    List<String> only =
        on.stream().filter(p -> p.isWholeNowhereBut(drive.id())).map(p -> p.id().value()).toList();
    if (!only.isEmpty()) {
      to.accept(
          Finding.warning(
              Check.SSD,
              "Of "
                  + only.size()
                  + (only.size() == 1 ? " project" : " projects")
                  + " no other whole copy is known than on "
                  + drive.name()
                  + " ("
                  + String.join(", ", only.subList(0, Math.min(3, only.size())))
                  + (only.size() > 3 ? ", …" : "")
                  + "): one lost drive loses them.",
              "A second drive: vat drives add PATH, then vat copy PROJECT --to DRIVE."));
    }
    List<SsdCopy> copies = on.stream().map(p -> p.on(drive.id()).orElseThrow()).toList();
    long damaged = copies.stream().filter(copy -> copy.damagedAt().isPresent()).count();
    if (damaged > 0) {
      to.accept(
          Finding.warning(
              Check.SSD,
              damaged
                  + (damaged == 1 ? " copy on " : " copies on ")
                  + drive.name()
                  + (damaged == 1 ? " was" : " were")
                  + " found damaged.",
              "vat verify PROJECT --repair takes what is damaged from another copy."));
    }
    long never = copies.stream().filter(copy -> copy.verifiedAt().isEmpty()).count() - damaged;
    if (never > 0) {
      to.accept(
          Finding.warning(
              Check.SSD,
              never
                  + (never == 1 ? " copy on " : " copies on ")
                  + drive.name()
                  + (never == 1 ? " was" : " were")
                  + " never verified.",
              "vat verify reads them and writes their checksums."));
    }
  }

  private static String sentence(String remedy) {
    String text = Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1);
    return text.endsWith(".") ? text : text + ".";
  }
}
