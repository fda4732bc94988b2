package dev.vat.report;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Asks the installed `git` about one folder. Changes nothing, needs no terminal, and ends in time.
final class Git {
  private static final long SECONDS = 20;

  /// What a repository with very many matching files may answer; far more than is ever shown.
  private static final int MOST_BYTES = 16_000_000;

  private final Path program;
  private final Path folder;

  private Git(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /// What git said.
  ///
  /// @param out its answer's parts, which NUL ends
  /// @param error its complaint, on one line
  record Answer(int exit, List<String> out, String error) {}

  /// Looks for git on the `PATH`, and nowhere else: not in the folder itself, where anybody could
  /// have put something with its name.
  ///
  /// @param folder absolute
  static Optional<Git> installed(Map<String, String> environment, Path folder, boolean windows) {
    String path =
        environment.entrySet().stream()
            .filter(e -> e.getKey().equalsIgnoreCase("PATH"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    for (String entry : path.split(File.pathSeparator)) {
      Optional<Path> program = executable(entry, windows ? "git.exe" : "git");
      if (program.isPresent()) {
        return Optional.of(new Git(program.get(), folder));
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> executable(String folder, String name) {
    try {
      Path program = Path.of(folder).resolve(name);
      return program.isAbsolute() && Files.isRegularFile(program) && Files.isExecutable(program)
          ? Optional.of(program)
          : Optional.empty();
    } catch (InvalidPathException notAFolder) {
      return Optional.empty();
    }
  }

  /// Whether the folder, or one above it, has a `.git` (a folder, or a file in a linked work tree).
  static boolean isRepository(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return true;
      }
    }
    return false;
  }

  /// Runs it.
  ///
  /// @param input what it reads, each ended by NUL
  /// @throws IOException when it cannot be started, does not end in time, or says too much
  Answer ask(List<String> input, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    // fsmonitor could start a program that the repository names.
    command.addAll(List.of(program.toString(), "-c", "core.fsmonitor=false"));
    command.addAll(List.of("-C", folder.toString()));
    command.addAll(List.of(arguments));
    Path complaint = Files.createTempFile("vat-git-", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(complaint.toFile());
      Map<String, String> environment = builder.environment();
      // Set while git runs a hook, they would point it at another repository.
      environment.keySet().removeIf(key -> key.toUpperCase(Locale.ROOT).startsWith("GIT_"));
      environment.put("LC_ALL", "C");
      environment.put("GIT_OPTIONAL_LOCKS", "0");
      environment.put("GIT_TERMINAL_PROMPT", "0");
      return answer(builder.start(), input, complaint);
    } finally {
      Files.deleteIfExists(complaint);
    }
  }

  private static Answer answer(Process process, List<String> input, Path complaint)
      throws IOException {
    // Ends the reading below too, because it closes the program's output.
    Thread guard = Thread.ofVirtual().name("git-guard").start(() -> endLate(process));
    Thread feeding = Thread.ofVirtual().name("git-input").start(() -> feed(process, input));
    try (InputStream out = process.getInputStream()) {
      byte[] bytes = out.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("git's answer is too long");
      }
      int exit = process.waitFor();
      feeding.join();
      if (exit > 128) {
        throw new IOException("git gave no answer in " + SECONDS + " seconds");
      }
      List<String> parts =
          Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split("\0"))
              .filter(part -> !part.isEmpty())
              .toList();
      return new Answer(exit, parts, firstLine(complaint));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while git was asked", interrupted);
    } finally {
      guard.interrupt();
      process.destroyForcibly();
    }
  }

  private static void feed(Process process, List<String> input) {
    try (OutputStream in = process.getOutputStream()) {
      for (String part : input) {
        in.write((part + "\0").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException notWanted) {
      // It ended before it had read all: its exit status and complaint say why. It is not destroyed
      // here, because that closes its output under the one who reads it.
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

  private static String firstLine(Path complaint) throws IOException {
    try (InputStream in = Files.newInputStream(complaint)) {
      String text = new String(in.readNBytes(2_000), StandardCharsets.UTF_8);
      return text.lines().findFirst().orElse("");
    }
  }
}
