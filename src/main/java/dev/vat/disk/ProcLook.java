package dev.vat.disk;

import dev.vat.project.FileStamp;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Linux: reads `/proc/PID/fd` and `fdinfo` (manual page proc(5)). Without root it sees this user's
/// programs.
final class ProcLook implements OpenForWriting.Look {
  private static final int ACCESS_MODE = 3;

  private final Path proc;

  ProcLook(Path proc) {
    this.proc = proc;
  }

  @Override
  public Map<Path, String> at(Collection<FileStamp> files) throws IOException {
    Map<String, Path> byIdentity = new HashMap<>();
    Set<Path> names = new HashSet<>();
    for (FileStamp file : files) {
      byIdentity.put(file.identity(), file.path());
      names.add(file.path().getFileName());
    }
    String self = Long.toString(ProcessHandle.current().pid());
    Map<Path, String> found = new HashMap<>();
    try (DirectoryStream<Path> processes =
        Files.newDirectoryStream(proc, entry -> isNumber(entry.getFileName().toString()))) {
      for (Path process : processes) {
        if (!process.getFileName().toString().equals(self)) {
          lookAt(process, names, byIdentity, found);
        }
      }
    } catch (DirectoryIteratorException broken) {
      throw broken.getCause();
    }
    return found;
  }

  private static void lookAt(
      Path process, Set<Path> names, Map<String, Path> byIdentity, Map<Path, String> found) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        written(process, descriptor, names, byIdentity)
            .ifPresent(file -> found.putIfAbsent(file, nameOf(process)));
      }
    } catch (IOException | DirectoryIteratorException notOurs) {
      // The process ended while it was looked at, or belongs to somebody else: then it is not ours
      // to see (class comment), and the other processes still are.
      return;
    }
  }

  /// @return which of the files the descriptor writes to; empty also when it was closed meanwhile
  private static Optional<Path> written(
      Path process, Path descriptor, Set<Path> names, Map<String, Path> byIdentity) {
    try {
      // The link's text is only a hint that saves asking every file system: mounts may name the
      // file differently, its identity does not.
      Path opened = Files.readSymbolicLink(descriptor).getFileName();
      if (opened == null || !names.contains(opened)) {
        return Optional.empty();
      }
      Object key = Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey();
      Path file = key == null ? null : byIdentity.get(key.toString());
      return file != null && writes(process, descriptor) ? Optional.of(file) : Optional.empty();
    } catch (IOException closed) {
      return Optional.empty();
    }
  }

  private static boolean writes(Path process, Path descriptor) throws IOException {
    Path info = process.resolve("fdinfo").resolve(descriptor.getFileName());
    for (String line : Files.readAllLines(info)) {
      if (line.startsWith("flags:")) {
        return (Long.parseLong(line.substring(6).strip(), 8) & ACCESS_MODE) != 0;
      }
    }
    return false;
  }

  private static String nameOf(Path process) {
    String number = "process " + process.getFileName();
    try {
      return Files.readString(process.resolve("comm")).strip() + " (" + number + ")";
    } catch (IOException ended) {
      return number;
    }
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
