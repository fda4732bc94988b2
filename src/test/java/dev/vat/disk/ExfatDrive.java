package dev.vat.disk;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.TestReporter;

/// A real exFAT file system, as on the team's drives, in an image file behind a loop device.
public final class ExfatDrive implements AutoCloseable {
  private static final List<String> NEEDED =
      List.of("/usr/sbin/mkfs.exfat", "/usr/sbin/mount.exfat-fuse", "/usr/sbin/losetup");

  private final String device;
  private final Path folder;

  private ExfatDrive(String device, Path folder) {
    this.device = device;
    this.folder = folder;
  }

  /// Mounts one in the folder `drive` of `work`, or says aloud why it cannot and aborts the test.
  public static ExfatDrive mountIn(Path work, TestReporter reporter)
      throws IOException, InterruptedException {
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> missing = NEEDED.stream().filter(tool -> Files.notExists(Path.of(tool))).toList();
    if (!root || !missing.isEmpty()) {
      String why =
          "NOT TESTED ON exFAT: needs root and the Debian packages exfat-fuse and exfatprogs"
              + (root ? "; missing " + missing : "; this is no root");
      reporter.publishEntry(why);
      abort(why);
    }
    Path image = work.resolve("exfat.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(256L << 20);
    }
    run("mkfs.exfat", image.toString());
    String device = run("losetup", "--find", "--show", image.toString()).strip();
    Path folder = Files.createDirectory(work.resolve("drive"));
    try {
      run("mount.exfat-fuse", device, folder.toString());
    } catch (IOException refused) {
      run("losetup", "--detach", device);
      reporter.publishEntry("NOT TESTED ON exFAT: it cannot be mounted here: " + refused);
      abort("exFAT cannot be mounted here: " + refused.getMessage());
    }
    return new ExfatDrive(device, folder);
  }

  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", folder.toString());
    run("losetup", "--detach", device);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }
}
