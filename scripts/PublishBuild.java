import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The last step of the build: makes `target/vat.jar` into what the launchers `vat` and `vat.cmd` start.
///
/// Every build gets a jar of its own name beside its start-up (AOT) caches and SQLite's native part for this system, and
/// `target/vat.build`, placed last and in one step, says which of them are the current ones. So a build that was cut short
/// is never started, and a `vat` that is running meanwhile keeps the files it was started from. There are two caches: the
/// launchers start the commands that never ask S3 from `.offline.aot`, which is half as big and loads in half the time.
///
/// `vat.build` has lines of `key=value`, UTF-8, each ended by a line feed on every system: `name`, the pair's, without
/// extension; `jdk`, its home; `version`, `JAVA_RUNTIME_VERSION` in the file `release` there; `flags`, the JVM's;
/// `training` and `training.offline`, the arguments of the training runs. A cache is only good for that JVM, those flags
/// and that jar. The file's time is when the build began: sources that are newer were not, or not surely, in it.
///
/// Arguments: the target folder, when the build began (UTC, ISO-8601), the flags, the arguments of the two training runs,
/// the last three each separated by spaces. Run by Maven, on the JDK that compiled the program. A cache that cannot be made
/// is said and leaves the build good: `vat` then only starts slower.
final class PublishBuild {
  private static final long TRAINING_MINUTES = 3;

  private final Path target;
  private final Instant began;
  private final List<String> flags;
  private final List<String> training;
  private final List<String> offlineTraining;

  private PublishBuild(
      Path target,
      Instant began,
      List<String> flags,
      List<String> training,
      List<String> offlineTraining) {
    this.target = target;
    this.began = began;
    this.flags = flags;
    this.training = training;
    this.offlineTraining = offlineTraining;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 5) {
      throw new IllegalArgumentException("wanted: TARGET BEGAN FLAGS TRAINING OFFLINE_TRAINING");
    }
    new PublishBuild(
            Path.of(args[0]).toAbsolutePath(),
            Instant.parse(args[1]),
            words(args[2]),
            words(args[3]),
            words(args[4]))
        .publish();
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  private void publish() throws IOException, InterruptedException {
    Path builtJar = target.resolve("vat.jar");
    List<String> previous = readBuildFile();
    String previousName = previous.isEmpty() ? "" : previous.getFirst().replaceFirst("^name=", "");
    if (previous.equals(buildFileOf(previousName)) && isSame(builtJar, previousName)) {
      writeBuildFile(previousName);
      return;
    }
    String name = "vat-" + began.toString().replaceAll("[^0-9TZ]", "");
    Path jar = target.resolve(name + ".jar");
    Path incoming = target.resolve(name + ".jar.new");
    Files.copy(builtJar, incoming, StandardCopyOption.REPLACE_EXISTING);
    Files.move(incoming, jar, StandardCopyOption.ATOMIC_MOVE);
    unpackSqlite(target.resolve(name + ".native"));
    makeCache(jar, "", training);
    makeCache(jar, ".offline", offlineTraining);
    writeBuildFile(name);
    removeAllBut(name, previousName);
  }

  private List<String> buildFileOf(String name) throws IOException {
    return List.of(
        "name=" + name,
        "jdk=" + System.getProperty("java.home"),
        "version=" + runtimeVersion(),
        "flags=" + String.join(" ", flags),
        "training=" + String.join(" ", training),
        "training.offline=" + String.join(" ", offlineTraining));
  }

  /// From the JDK's file `release`, which the launchers can read without starting a JVM.
  private static String runtimeVersion() throws IOException {
    Path release = Path.of(System.getProperty("java.home"), "release");
    String key = "JAVA_RUNTIME_VERSION=";
    try (Stream<String> lines = Files.lines(release)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()).replace("\"", ""))
          .findFirst()
          .orElse("");
    }
  }

  private List<String> readBuildFile() throws IOException {
    Path file = target.resolve("vat.build");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private boolean isSame(Path builtJar, String previousName) throws IOException {
    Path jar = target.resolve(previousName + ".jar");
    Path cache = target.resolve(previousName + ".aot");
    return Files.exists(jar)
        && Files.exists(cache)
        && Files.exists(target.resolve(previousName + ".offline.aot"))
        && Files.mismatch(builtJar, jar) == -1
        && !hasLibraryNewerThan(Files.getLastModifiedTime(cache));
  }

  private boolean hasLibraryNewerThan(FileTime time) throws IOException {
    Path libraries = target.resolve("lib");
    if (!Files.exists(libraries)) {
      return false;
    }
    try (Stream<Path> files = Files.list(libraries)) {
      for (Path file : files.toList()) {
        if (Files.getLastModifiedTime(file).compareTo(time) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  /// The driver says itself which of its libraries this system needs. Without one it unpacks that at each start.
  private void unpackSqlite(Path folder) throws IOException {
    Path driver;
    try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
      driver =
          libraries
              .filter(file -> file.getFileName().toString().matches("sqlite-jdbc-.*\\.jar"))
              .findFirst()
              .orElseThrow(() -> new IOException("there is no sqlite-jdbc in target/lib"));
    }
    try (URLClassLoader classes = new URLClassLoader(new URL[] {driver.toUri().toURL()})) {
      Class<?> loader = classes.loadClass("org.sqlite.util.LibraryLoaderUtil");
      String library = (String) loader.getMethod("getNativeLibName").invoke(null);
      String resource = loader.getMethod("getNativeLibResourcePath").invoke(null) + "/" + library;
      try (InputStream in = classes.getResourceAsStream(resource.replaceFirst("^/", ""))) {
        if (in == null) {
          throw new IOException(resource + " is not in it");
        }
        Files.createDirectories(folder);
        Files.copy(in, folder.resolve(library), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException | ReflectiveOperationException | LinkageError e) {
      System.err.println("SQLite's native part was not unpacked from " + driver + " (" + e + "). vat works, but starts slower.");
    }
  }

  /// @param kind what tells its name from the other cache's
  private void makeCache(Path jar, String kind, List<String> run) throws IOException, InterruptedException {
    Path cache = target.resolve(jar.getFileName().toString().replaceFirst("\\.jar$", kind + ".aot"));
    Path incoming = target.resolve(cache.getFileName() + ".new");
    Path log = target.resolve("vat.training" + kind + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-XX:AOTCacheOutput=" + incoming);
    command.addAll(List.of("-cp", jar.toString(), "dev.vat.Main"));
    command.addAll(run);
    Process process =
        new ProcessBuilder(command)
            .directory(target.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(TRAINING_MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      sayNoCache("the training run took over " + TRAINING_MINUTES + " minutes", log);
    } else if (!Files.exists(incoming)) {
      sayNoCache("the JVM wrote none, exit code " + process.exitValue(), log);
    } else {
      if (process.exitValue() != 0) {
        System.err.println(
            "The training run for the start-up cache ended with exit code "
                + process.exitValue()
                + "; the cache is used all the same. Its output: "
                + log);
      }
      Files.move(incoming, cache, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.deleteIfExists(incoming);
  }

  private static void sayNoCache(String why, Path log) throws IOException {
    System.err.println("No start-up cache: " + why + ". vat works, but starts slower. The run's output, " + log + ":");
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      lines.limit(40).forEach(line -> System.err.println("  " + line));
    }
  }

  private void writeBuildFile(String name) throws IOException {
    Path incoming = target.resolve("vat.build.new");
    Files.writeString(incoming, String.join("\n", buildFileOf(name)) + "\n");
    Files.setLastModifiedTime(incoming, FileTime.from(began));
    Files.move(
        incoming,
        target.resolve("vat.build"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// Removes what older builds left but for the previous one, which a launcher may be about to start.
  private void removeAllBut(String name, String previousName) throws IOException {
    List<Path> older;
    try (Stream<Path> files = Files.list(target)) {
      older =
          files
              .filter(file -> file.getFileName().toString().matches("vat-[0-9TZ]+\\.(jar|(offline\\.)?aot|native)(\\.new)?(\\.config)?"))
              .filter(file -> !file.getFileName().toString().startsWith(name + "."))
              .filter(
                  file ->
                      previousName.isEmpty()
                          || !file.getFileName().toString().startsWith(previousName + "."))
              .sorted(Comparator.naturalOrder())
              .toList();
    }
    for (Path file : older) {
      try {
        if (Files.isDirectory(file)) {
          try (Stream<Path> inside = Files.list(file)) {
            for (Path one : inside.toList()) {
              Files.delete(one);
            }
          }
        }
        Files.delete(file);
      } catch (IOException e) {
        // Windows keeps what a running vat has open; a later build removes it.
        System.err.println("Left for a later build to remove: " + file + " (" + e.getMessage() + ")");
      }
    }
  }
}
