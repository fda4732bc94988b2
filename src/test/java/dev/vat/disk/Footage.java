package dev.vat.disk;

import dev.vat.progress.Progress;
import dev.vat.project.ListedFiles;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A project's folder with some files, and how a copy is to be compared with it.
final class Footage {
  static final Instant RECORDED = Instant.parse("2026-01-16T09:15:00Z");
  private final Path folder;

  Footage(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /// Files of very different sizes, none, folders and accents among them.
  static Footage in(Path folder) throws IOException {
    Footage footage = new Footage(folder);
    footage.add("recordings/take 1.mov", 3_500_001);
    footage.add("recordings/take 2.mov", 1 << 20);
    footage.add("final/é ü/film.mp4", 2_000_000);
    footage.add("notes.txt", 11);
    footage.add("empty.srt", 0);
    return footage;
  }

  Path add(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new SplittableRandom(name.hashCode()).nextBytes(content);
    return add(name, content);
  }

  Path add(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(RECORDED));
    return file;
  }

  List<TreeFile> files() throws IOException {
    return filesOf(folder);
  }

  static List<TreeFile> filesOf(Path root) throws IOException {
    return ListedFiles.of(root);
  }

  /// Contents by name.
  static Map<RelativeName, String> contentsOf(Path root) throws IOException {
    Map<RelativeName, String> contents = new TreeMap<>();
    for (TreeFile file : filesOf(root)) {
      contents.put(
          file.name(),
          new DeviceDigests().of(file.path(), Progress.none().begin("", 0)).digests().toString());
    }
    return contents;
  }
}
