package dev.vat.lifecycle;

import dev.vat.project.ListedFiles;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/// A folder in which each folder is taken for a disk of its own.
final class Disks {
  static final Instant RECORDED = Instant.parse("2026-01-16T09:15:00Z");

  private final Path folder;

  Disks(Path folder) {
    this.folder = folder;
  }

  Path disk(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  VolumeOf volumes() {
    return path -> {
      path.getFileSystem().provider().checkAccess(path);
      return folder.relativize(path.toAbsolutePath()).getName(0).toString();
    };
  }

  static Path write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(file, FileTime.from(RECORDED));
    return file;
  }

  /// Returns when a change would show in a file's change time: file systems note it to some
  /// milliseconds only.
  static void waitForTheClockToTick(Path folder) throws IOException {
    Path probe = Files.createTempFile(folder, "tick", "");
    Object before = Files.getAttribute(probe, "unix:ctime");
    while (Files.getAttribute(probe, "unix:ctime").equals(before)) {
      Files.write(probe, new byte[1]);
    }
    Files.delete(probe);
  }

  /// With its size and time as before, as a failing drive does it.
  static void damage(Path file) throws IOException {
    waitForTheClockToTick(file.getParent());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    FileTime time = Files.getLastModifiedTime(file);
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
  }

  static List<TreeFile> files(Path project) throws IOException {
    return ListedFiles.of(project);
  }
}
