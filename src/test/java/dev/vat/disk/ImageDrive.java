package dev.vat.disk;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.TestReporter;

/// A real file system of some kind in an image file, mounted for a test.
public final class ImageDrive implements AutoCloseable {
  private final String device;
  private Path folder;

  private ImageDrive(String device, Path folder) {
    this.device = device;
    this.folder = folder;
  }

  /// NTFS as Linux mounts the drives of Windows users.
  public static ImageDrive ntfsIn(Path work, TestReporter reporter) throws Exception {
    return mountIn(
        work,
        reporter,
        "NTFS",
        256,
        List.of("mkntfs", "--quick", "--force", "--quiet"),
        List.of("ntfs-3g"));
  }

  /// @param megabytes of the whole image
  public static ImageDrive ext4In(Path work, TestReporter reporter, int megabytes)
      throws Exception {
    return mountIn(
        work,
        reporter,
        "ext4",
        megabytes,
        List.of("mkfs.ext4", "-q", "-F", "-m", "0"),
        List.of("mount", "-t", "ext4"));
  }

  private static ImageDrive mountIn(
      Path work,
      TestReporter reporter,
      String kind,
      int megabytes,
      List<String> format,
      List<String> mount)
      throws Exception {
    if (!"root".equals(System.getProperty("user.name"))) {
      tell(reporter, kind, "this is no root");
    }
    Path image = work.resolve(kind + ".img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength((long) megabytes << 20);
    }
    String device = "";
    Path folder = Files.createDirectory(work.resolve("drive-" + kind));
    try {
      run(format, image.toString());
      device = run(List.of("losetup", "--find", "--show"), image.toString()).strip();
      run(mount, device, folder.toString());
    } catch (IOException refused) {
      if (!device.isEmpty()) {
        run(List.of("losetup", "--detach"), device);
      }
      tell(reporter, kind, refused.getMessage());
    }
    return new ImageDrive(device, folder);
  }

  private static void tell(TestReporter reporter, String kind, String why) {
    String told = "NOT TESTED ON " + kind + ", it cannot be made or mounted here: " + why;
    reporter.publishEntry(told);
    abort(told);
  }

  public Path folder() {
    return folder;
  }

  public void makeReadOnly() throws Exception {
    run(List.of("mount", "-o", "remount,ro"), folder.toString());
  }

  /// As when the cable is pulled: the folder stays, and shows the disk below.
  public void unplug() throws Exception {
    run(List.of("umount", "--lazy"), folder.toString());
  }

  /// Plugged in again, and the system gives it another place.
  public void plugInAt(Path other) throws Exception {
    run(List.of("mount", device), Files.createDirectories(other).toString());
    folder = other;
  }

  @Override
  public void close() throws Exception {
    if (Files.getFileStore(folder).name().equals(device)) {
      run(List.of("umount", "--lazy"), folder.toString());
    }
    run(List.of("losetup", "--detach"), device);
  }

  private static String run(List<String> command, String... more)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", all) + ": " + output);
    }
    return output;
  }
}
