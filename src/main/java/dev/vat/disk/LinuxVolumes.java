package dev.vat.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Linux, also under WSL: `/proc/self/mountinfo` (manual page proc(5)) and `/dev/disk/by-uuid`.
final class LinuxVolumes implements Volumes {
  /// How WSL mounts the drives of Windows.
  private static final Set<String> WINDOWS_DRIVES = Set.of("9p", "drvfs");

  /// Packages of programs, of which some systems mount dozens.
  private static final String PACKAGES = "squashfs";

  private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

  private final Path mountInfo;
  private final Path byUuid;

  LinuxVolumes(Path mountInfo, Path byUuid) {
    this.mountInfo = mountInfo;
    this.byUuid = byUuid;
  }

  @Override
  public Volume of(Path existing) throws IOException {
    Path real = existing.toRealPath();
    Volume found = null;
    for (Volume mount : mounts()) {
      boolean deeper = found == null || mount.root().getNameCount() >= found.root().getNameCount();
      // Of two mounts on one folder, the later one hides the earlier one.
      if (real.startsWith(mount.root()) && deeper) {
        found = mount;
      }
    }
    if (found == null) {
      throw new IOException("no file system is known that holds " + real);
    }
    return found;
  }

  @Override
  public List<Volume> mounted() throws IOException {
    return mounts().stream().filter(LinuxVolumes::mayBeDrive).toList();
  }

  private static boolean mayBeDrive(Volume mount) {
    return mount.device().startsWith("/dev/") && !mount.type().equals(PACKAGES)
        || WINDOWS_DRIVES.contains(mount.type()) && mount.root().startsWith("/mnt");
  }

  @Override
  public Optional<String> uuid(Volume volume) {
    if (!volume.device().startsWith("/dev/")) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> links = Files.newDirectoryStream(byUuid)) {
      Path device = Path.of(volume.device()).toRealPath();
      for (Path link : links) {
        if (link.toRealPath().equals(device)) {
          return Optional.of("linux:" + link.getFileName());
        }
      }
      return Optional.empty();
    } catch (IOException | DirectoryIteratorException | InvalidPathException untold) {
      // Containers and WSL have no such folder: then the id file alone has to do.
      return Optional.empty();
    }
  }

  @Override
  public boolean same(Path one, Path other) throws IOException {
    if (Files.getAttribute(one, "unix:dev").equals(Files.getAttribute(other, "unix:dev"))) {
      return true;
    }
    // The parts of one btrfs have device numbers of their own.
    String device = of(one).device();
    return device.startsWith("/dev/") && device.equals(of(other).device());
  }

  private List<Volume> mounts() throws IOException {
    List<Volume> mounts = new ArrayList<>();
    List<String> lines;
    try {
      lines = Files.readAllLines(mountInfo, ISO_8859_1);
    } catch (NoSuchFileException noProc) {
      throw new IOException("this system does not tell what is mounted: no " + mountInfo, noProc);
    }
    for (String line : lines) {
      mount(line).ifPresent(mounts::add);
    }
    return mounts;
  }

  /// `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw`: the fields before the dash
  /// vary in number.
  private static Optional<Volume> mount(String line) {
    String[] halves = line.split(" - ", 2);
    String[] before = halves[0].split(" ");
    String[] after = halves.length < 2 ? new String[0] : halves[1].split(" ");
    if (before.length < 5 || after.length < 2) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Volume(Path.of(text(before[4])), text(after[1]), text(after[0])));
    } catch (IllegalArgumentException otherForm) {
      return Optional.empty();
    }
  }

  /// The kernel writes blanks and the like in octal, and all else as the bytes that they are.
  private static String text(String field) {
    Matcher matcher = ESCAPED.matcher(field);
    String bytes =
        matcher.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    Character.toString((char) Integer.parseInt(found.group(1), 8))));
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }
}
