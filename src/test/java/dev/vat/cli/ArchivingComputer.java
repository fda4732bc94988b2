package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// Somebody's computer, with a repository whose archives are in a bucket of a real server: what is
/// run there is run in this process, with the real client and at the server's time.
///
/// @param home where the repository is
record ArchivingComputer(String user, Path home, SandboxServer server) {
  static final String BUCKET = "vault";

  /// Starts a server that has the bucket.
  ///
  /// @param more buckets that it has besides
  static SandboxServer serve(Path folder, String... more) throws IOException {
    String[] buckets = Stream.concat(Stream.of(BUCKET), Stream.of(more)).toArray(String[]::new);
    return SandboxServer.start(
        SandboxOptions.in(folder, InstantSource.system()).withBuckets(buckets));
  }

  /// Makes the repository, with its settings.
  ///
  /// @param more lines of the settings
  static ArchivingComputer of(String user, Path home, SandboxServer server, String more)
      throws IOException {
    ArchivingComputer computer = new ArchivingComputer(user, home, server);
    Files.createDirectories(computer.repository());
    Files.writeString(
        computer.settings(),
        RealTeam.access(server.endpoint())
            + """
            S3_ARCHIVE_BUCKET=%s
            S3_ARCHIVE_PREFIX=appydave
            S3_REPO_NAME=v-appydave
            """
                .formatted(BUCKET)
            + more);
    return computer;
  }

  Path repository() {
    return home.resolve("v-appydave");
  }

  Path settings() {
    return repository().resolve(".video-tools.env");
  }

  InstantSource clock() {
    return () -> InstantSource.system().instant().plus(server.ahead());
  }

  /// Runs a command, which has to end so.
  CommandRun run(ExitCode expected, Services services, String... words) {
    CommandRun run =
        CommandRun.in(repository()).home(home).called(user).at(clock()).using(services).run(words);
    assertThat(run.exit())
        .as("%s%n%s%n%s", List.of(words), run.out(), run.err())
        .isEqualTo(expected.number());
    return run;
  }
}
