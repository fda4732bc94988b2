package dev.vat.disk;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Windows: a volume is a drive letter or a share; volumes that are mounted in a folder are taken
/// for part of the drive above. The JDK tells the volume's serial number (`volume:vsn`).
final class WindowsVolumes implements Volumes {
  @Override
  public Volume of(Path existing) throws IOException {
    return volume(existing.toRealPath().getRoot());
  }

  private static Volume volume(Path root) throws IOException {
    return new Volume(
        root, root.toString().toUpperCase(Locale.ROOT), Files.getFileStore(root).type());
  }

  @Override
  public List<Volume> mounted() {
    List<Volume> found = new ArrayList<>();
    for (Path root : FileSystems.getDefault().getRootDirectories()) {
      try {
        found.add(volume(root));
      } catch (IOException emptySlot) {
        // A card reader without a card has a letter too.
        continue;
      }
    }
    return found;
  }

  @Override
  public Optional<String> uuid(Volume volume) {
    try {
      return Optional.of("windows:%08X".formatted(serial(volume.root())));
    } catch (IOException | UnsupportedOperationException untold) {
      return Optional.empty();
    }
  }

  /// A letter that stands for a folder (`subst`) has the serial number of the real one.
  @Override
  public boolean same(Path one, Path other) throws IOException {
    return of(one).device().equals(of(other).device()) || serial(one) == serial(other);
  }

  private static int serial(Path path) throws IOException {
    return (Integer) Files.getFileStore(path).getAttribute("volume:vsn");
  }
}
