package dev.vat.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// macOS: drives are mounted below `/Volumes`; what they are called is asked of `diskutil`.
final class MacVolumes implements Volumes {
  private static final Pattern VOLUME_UUID =
      Pattern.compile("<key>VolumeUUID</key>\\s*<string>([0-9A-Fa-f-]+)</string>");
  private static final int PATIENCE_SECONDS = 10;

  private final Path volumes;
  private final boolean asksUuids;

  MacVolumes(Path volumes) {
    this(volumes, true);
  }

  private MacVolumes(Path volumes, boolean asksUuids) {
    this.volumes = volumes;
    this.asksUuids = asksUuids;
  }

  /// Starting `diskutil` takes a tenth of a second for each drive.
  @Override
  public Volumes quick() {
    return new MacVolumes(volumes, false);
  }

  @Override
  public Volume of(Path existing) throws IOException {
    Path root = existing.toRealPath();
    Object device = device(root);
    while (root.getParent() != null && device(root.getParent()).equals(device)) {
      root = root.getParent();
    }
    return new Volume(root, device.toString(), Files.getFileStore(root).type());
  }

  @Override
  public List<Volume> mounted() throws IOException {
    List<Volume> found = new ArrayList<>();
    Object boot = device(volumes);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(volumes)) {
      for (Path entry : entries) {
        // The boot disk is in there as a link; an empty folder is what is left of a mount.
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && !device(entry).equals(boot)) {
          String type = Files.getFileStore(entry).type();
          if (!isNetwork(type)) {
            found.add(new Volume(entry, device(entry).toString(), type));
          }
        }
      }
    } catch (DirectoryIteratorException broken) {
      throw broken.getCause();
    }
    return found;
  }

  private static boolean isNetwork(String type) {
    return type.equals("smbfs")
        || type.equals("nfs")
        || type.equals("afpfs")
        || type.equals("webdav");
  }

  @Override
  public Optional<String> uuid(Volume volume) {
    if (!asksUuids) {
      return Optional.empty();
    }
    try {
      Process process =
          new ProcessBuilder("/usr/sbin/diskutil", "info", "-plist", volume.root().toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String told = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Matcher uuid = VOLUME_UUID.matcher(told);
      return uuid.find() ? Optional.of("macos:" + uuid.group(1)) : Optional.empty();
    } catch (IOException untold) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public boolean same(Path one, Path other) throws IOException {
    return device(one).equals(device(other));
  }

  private static Object device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev");
  }
}
