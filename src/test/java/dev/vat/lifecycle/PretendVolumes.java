package dev.vat.lifecycle;

import dev.vat.disk.Volume;
import dev.vat.disk.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A computer whose drives are plain folders: what is [#plug]ged in is a volume of its own, all
/// else is on the computer's own disk.
public final class PretendVolumes implements Volumes {
  private final Path ownDisk;
  private final Map<Path, String> drives = new TreeMap<>();

  /// @param ownDisk the top of the computer's disk, above all drives' folders
  public PretendVolumes(Path ownDisk) {
    this.ownDisk = ownDisk;
  }

  /// The folder is a volume from now on.
  ///
  /// @param uuid empty when the system tells none
  public PretendVolumes plug(Path root, String uuid) throws IOException {
    drives.put(Files.createDirectories(root).toRealPath(), uuid);
    return this;
  }

  /// The folder is one of the computer's own disk again.
  public void unplug(Path root) throws IOException {
    drives.remove(root.toRealPath());
  }

  @Override
  public Volume of(Path existing) throws IOException {
    Path real = existing.toRealPath();
    return drives.keySet().stream()
        .filter(real::startsWith)
        .findFirst()
        .map(PretendVolumes::volume)
        .orElseGet(() -> volume(ownDisk));
  }

  private static Volume volume(Path root) {
    return new Volume(root, "device of " + root, "exfat");
  }

  @Override
  public List<Volume> mounted() {
    List<Volume> all =
        new ArrayList<>(drives.keySet().stream().map(PretendVolumes::volume).toList());
    all.add(volume(ownDisk));
    return all;
  }

  @Override
  public Optional<String> uuid(Volume volume) {
    return Optional.ofNullable(drives.get(volume.root()))
        .filter(uuid -> !uuid.isEmpty())
        .map(uuid -> "pretended:" + uuid);
  }

  @Override
  public boolean same(Path one, Path other) throws IOException {
    return of(one).equals(of(other));
  }
}
