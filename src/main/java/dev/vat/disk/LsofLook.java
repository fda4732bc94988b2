package dev.vat.disk;

import dev.vat.project.FileStamp;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// macOS: asks `lsof`, which comes with the system, in its form for programs (`-F`, manual page
/// lsof(8)). Files are known again by device and inode, because it writes names in its own way.
final class LsofLook implements OpenForWriting.Look {
  // Names for one call: far below what one command line can hold (1 MiB on macOS).
  private static final int BATCH = 200;
  private static final long SECONDS = 15;

  private final List<String> lsof;

  LsofLook(List<String> lsof) {
    this.lsof = List.copyOf(lsof);
  }

  @Override
  public Map<Path, String> at(Collection<FileStamp> files) throws IOException {
    List<FileStamp> all = List.copyOf(files);
    Map<Path, String> found = new HashMap<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      ask(all.subList(from, Math.min(all.size(), from + BATCH)), found);
    }
    return found;
  }

  private void ask(List<FileStamp> files, Map<Path, String> found) throws IOException {
    Map<String, Path> byIdentity = new HashMap<>();
    // -w: no warnings; -n, -P, -b would not change what is told of plain files, but -n saves name
    // look-ups.
    List<String> command = new ArrayList<>(lsof);
    command.addAll(List.of("-w", "-n", "-F", "pcaDi", "--"));
    for (FileStamp file : files) {
      byIdentity.put(file.identity(), file.path());
      command.add(file.path().toString());
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    // Ends the reading below too, because it closes the program's output.
    Thread guard = Thread.ofVirtual().start(() -> endLate(process));
    try (BufferedReader out = process.inputReader()) {
      Answer answer = new Answer(byIdentity, found);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        answer.take(line);
      }
      // Exit status 1 says that some file is open nowhere, the usual case; a signal is 128 or more.
      if (process.waitFor() > 1) {
        throw new IOException("lsof gave no answer in " + SECONDS + " seconds");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while lsof was asked", interrupted);
    } finally {
      guard.interrupt();
      process.destroyForcibly();
    }
  }

  private static void endLate(Process process) {
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException answered) {
      Thread.currentThread().interrupt();
    }
  }

  /// One field a line, its first character says which: process and command once, then for each open
  /// file `f` (descriptor), `a` (r, w or u for both), `D` (device in hex), `i` (inode).
  private static final class Answer {
    private final String self = Long.toString(ProcessHandle.current().pid());
    private final Map<String, Path> byIdentity;
    private final Map<Path, String> found;
    private String process = "";
    private String command = "";
    private String device = "";
    private boolean writes;

    Answer(Map<String, Path> byIdentity, Map<Path, String> found) {
      this.byIdentity = byIdentity;
      this.found = found;
    }

    void take(String line) {
      if (line.isEmpty()) {
        return;
      }
      String value = line.substring(1);
      switch (line.charAt(0)) {
        case 'p' -> process = value;
        case 'c' -> command = value;
        case 'f' -> writes = false;
        case 'a' -> writes = value.equals("w") || value.equals("u");
        case 'D' -> device = value.startsWith("0x") ? value.substring(2) : value;
        case 'i' -> inode(value);
        default -> {
          // lsof may add fields; those that were not asked for say nothing here.
        }
      }
    }

    private void inode(String inode) {
      // The form of the JDK's file key on Unix systems, which a stamp's identity is.
      Path file = byIdentity.get("(dev=" + device + ",ino=" + inode + ")");
      if (file != null && writes && !process.equals(self)) {
        found.putIfAbsent(file, command + " (process " + process + ")");
      }
    }
  }
}
