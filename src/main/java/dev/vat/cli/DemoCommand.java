package dev.vat.cli;

import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `vat demo`: the daily work of David and Jan with real commands, real videos and a real S3
/// server, all in one folder of this computer.
@Command(
    description =
        "Shows the daily work of two people with real commands, small real videos and an S3 server"
            + " on this computer. Touches nothing outside of its folder, and no network.")
final class DemoCommand implements VatCommand {
  private static final String BUCKET = "demo-video-collab";

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "where it plays; new or empty. Otherwise a temporary folder")
  private String dir;

  @Option(names = "--offline", description = "only the part with the SSD, which needs no S3")
  private boolean offline;

  @Option(names = "--remove", description = "remove the folder at the end")
  private boolean remove;

  @Mixin private OutputOptions output;

  private record Document(String folder, boolean removed, double seconds) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public String whenStopped() {
    return "Stopped.";
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    Console console = invocation.console();
    Instant begin = invocation.surroundings().clock().instant();
    Path folder = folder(invocation.surroundings());
    OptionalInt port = OptionalInt.empty();
    if (offline) {
      story(invocation, folder, Optional.empty()).playOffline();
    } else {
      try (SandboxServer server =
          SandboxServer.start(
              SandboxOptions.in(folder.resolve("s3"), invocation.surroundings().clock())
                  .withBuckets(BUCKET, DemoCloud.BUCKET))) {
        port = OptionalInt.of(server.endpoint().getPort());
        story(invocation, folder, Optional.of(server)).play();
      }
    }
    Duration time = Duration.between(begin, invocation.surroundings().clock().instant());
    console.line();
    console.line("That was the demo, in " + Durations.of(time) + ". Everything went as it should.");
    if (remove) {
      removed(folder);
    } else {
      farewell(invocation, folder, port);
    }
    console.document(
        "vat.demo/1", new Document(folder.toString(), remove, time.toMillis() / 1000.0));
    return ExitCode.DONE;
  }

  private static DemoStory story(
      Invocation invocation, Path folder, Optional<SandboxServer> server) {
    return new DemoStory(new DemoTeam(invocation, folder, server, BUCKET), invocation.console());
  }

  private Path folder(Surroundings surroundings) throws IOException {
    if (dir == null) {
      return Files.createTempDirectory("vat-demo-").toRealPath();
    }
    Path folder = Files.createDirectories(surroundings.resolve(dir)).toRealPath();
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isPresent()) {
        throw CommandFailure.usage(
            "the folder " + Printable.of(folder.toString()) + " is not empty",
            "name a new one: the demo changes nothing that is there already");
      }
    }
    return folder;
  }

  /// @param port of the demo's S3 server; empty when there was none
  private static void farewell(Invocation invocation, Path folder, OptionalInt port) {
    Console console = invocation.console();
    String vat =
        ShellWord.of(invocation.surroundings().environment().getOrDefault("VAT_LAUNCHER", "vat"));
    console.line("All of it is still there to look at: " + Printable.of(folder.toString()));
    console.line();
    if (port.isPresent()) {
      String s3 = ShellWord.of(folder.resolve("s3").toString());
      console.line("Try next (the first line in a terminal of its own: it runs until Ctrl-C):");
      console.line("  " + vat + " sandbox --port " + port.getAsInt() + " --dir " + s3);
      console.line("  cd " + repository(folder, "jan"));
      console.line("  " + vat + " status b63");
      console.line("  " + vat + " up b63 --again");
    } else {
      console.line("Try next:");
      console.line("  cd " + repository(folder, "david"));
      console.line("  " + vat + " list");
      console.line("  " + vat + " show b40");
    }
    console.line();
    console.line("With your own files: go to your videos' folder and run " + vat + " init");
  }

  private static String repository(Path folder, String user) {
    return ShellWord.of(folder.resolve(user).resolve("v-appydave").toString());
  }

  private static void removed(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failed)
              throws IOException {
            if (failed != null) {
              throw failed;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
