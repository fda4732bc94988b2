package dev.vat.lifecycle;

import dev.vat.catalog.DriveIdFile;
import dev.vat.catalog.DriveLabel;
import dev.vat.disk.SmallFile;
import dev.vat.disk.Volume;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the id files of drives lie: at the top of the volume, or, where that is not ours to write,
/// in the base folder.
final class IdFiles {
  private IdFiles() {}

  /// What a folder on a volume shows. The id file of the folder wins over that of the volume's top:
  /// it is nearer.
  ///
  /// @param own whether it is the repository's own disk, at whose top none is looked for
  /// @throws CatalogException when what is there is no id file
  static Optional<DriveLabel> at(Path base, Volume volume, boolean own) throws IOException {
    Optional<DriveLabel> near = DriveIdFile.in(base);
    return near.isPresent() || own ? near : DriveIdFile.in(volume.root());
  }

  /// The same for some drive that is looked at in passing: whatever is wrong with it is not the
  /// matter now.
  static Optional<DriveLabel> inPassing(Path base, Volume volume) {
    for (Path folder : List.of(base, volume.root())) {
      try {
        Optional<DriveLabel> label = DriveIdFile.in(folder);
        if (label.isPresent()) {
          return label;
        }
      } catch (IOException notOurs) {
        continue;
      }
    }
    return Optional.empty();
  }

  /// Writes one where there is none. Nothing is replaced.
  ///
  /// @throws FileAlreadyExistsException when somebody was faster
  /// @throws IOException when it can be written in neither place
  static void create(Located.Unmarked drive, DriveLabel label) throws IOException {
    Path top = drive.volume().root();
    // The top of a Unix system is nobody's drive.
    boolean topIsOurs = !drive.onRepositoryVolume() && !top.toString().equals("/");
    IOException why = null;
    for (Path folder : Stream.of(top, drive.base()).distinct().toList()) {
      if (folder.equals(top) && !topIsOurs && !top.equals(drive.base())) {
        continue;
      }
      try {
        SmallFile.create(folder.resolve(DriveIdFile.NAME), DriveIdFile.content(label));
        return;
      } catch (FileAlreadyExistsException another) {
        throw another;
      } catch (IOException refused) {
        why = refused;
      }
    }
    throw why;
  }

  /// Writes another one in the place of the drive's own.
  static void replace(Located.Connected drive, DriveLabel label) throws IOException {
    boolean near = DriveIdFile.in(drive.base()).isPresent() || drive.onRepositoryVolume();
    Path folder = near ? drive.base() : drive.volume().root();
    SmallFile.replace(folder.resolve(DriveIdFile.NAME), DriveIdFile.content(label));
  }

  /// A volume's own name where it has one: the folder that it is mounted as, or, on Windows, its
  /// label.
  static String nameFor(Path base, Volume volume, boolean own) throws IOException {
    Path top = volume.root().getFileName();
    String name = top == null ? Files.getFileStore(base).name() : top.toString();
    Path folder = base.getFileName();
    if ((own || !DriveLabel.isName(name) || name.startsWith("/")) && folder != null) {
      name = folder.toString();
    }
    return DriveLabel.isName(name) ? name : "SSD";
  }
}
