package dev.vat.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What this system tells of its mounted file systems. Asked anew each time: drives come and go.
public interface Volumes {
  /// The volume that a folder is on.
  ///
  /// @param existing links are followed
  /// @throws java.nio.file.NoSuchFileException when it is not there
  Volume of(Path existing) throws IOException;

  /// The volumes that may be somebody's drives: nothing that only the system mounts for itself, and
  /// no network places, which may not answer for minutes.
  List<Volume> mounted() throws IOException;

  /// What the file system itself is called, for as long as it is not formatted anew. Comparable
  /// only on the system that told it, which its beginning names.
  ///
  /// @return empty when the system does not tell
  Optional<String> uuid(Volume volume);

  /// Whether two folders are on one volume, by every sign that the system gives. Not whether they
  /// are on one physical disk: two partitions are two volumes.
  ///
  /// @throws IOException when it cannot be told
  boolean same(Path one, Path other) throws IOException;

  /// The same for who must be fast: it may tell no UUID, where the system takes its time for that.
  default Volumes quick() {
    return this;
  }

  /// The one of this system.
  static Volumes ofThisSystem() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      return new WindowsVolumes();
    }
    return system.startsWith("mac")
        ? new MacVolumes(Path.of("/Volumes"))
        : new LinuxVolumes(Path.of("/proc/self/mountinfo"), Path.of("/dev/disk/by-uuid"));
  }
}
