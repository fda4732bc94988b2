package dev.vat.cli;

import dev.vat.Main;
import dev.vat.cloud.Condition;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.cloud.s3.S3ObjectStore;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.settings.S3Access;
import dev.vat.state.State;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A team with a real server: each in a repository of their own, with the real client, in this
/// process or in one of their own.
///
/// @param home where everybody's computers are
/// @param endpoint of the server, or of what stands before it
/// @param repositoryName the brand's: what begins the keys
record RealTeam(Path home, URI endpoint, String repositoryName) {
  static final String BUCKET = "collab";
  static final String PROJECT = "b63-flivideo";

  /// Opens real stores.
  record Cloud() implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking) {
      return S3ObjectStore.open(
          new S3Connection(
              access.endpoint(),
              access.region(),
              access.keys().map(k -> new S3Keys(k.accessKeyId(), k.secretKey(), k.sessionToken())),
              access.profile()),
          bucket,
          lacking);
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }

  /// A look at the bucket past everything.
  static ObjectStore bucket(URI server) {
    return store(server, BUCKET);
  }

  static ObjectStore store(URI server, String bucket) {
    return S3ObjectStore.open(
        new S3Connection(
            Optional.of(server),
            Optional.of("us-east-1"),
            Optional.of(
                new S3Keys(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty())),
            Optional.empty()),
        bucket);
  }

  /// Settings that lead to a server.
  static String access(URI server) {
    return """
    AWS_ENDPOINT_URL_S3=%s
    AWS_REGION=us-east-1
    AWS_ACCESS_KEY_ID=%s
    AWS_SECRET_ACCESS_KEY=%s
    """
        .formatted(server, SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY);
  }

  Path repository(String user) {
    return home.resolve(user).resolve(repositoryName);
  }

  Path staging(String user) {
    return repository(user).resolve(PROJECT).resolve("s3-staging");
  }

  String prefix() {
    return repositoryName + "/" + PROJECT + "/";
  }

  void join(String user) throws IOException {
    Files.createDirectories(staging(user));
    Path file = repository(user).resolve(".video-tools.env");
    Files.writeString(
        file,
        access(endpoint)
            + """
            S3_COLLAB_BUCKET=%s
            S3_REPO_NAME=%s
            S3_SYNC_USER=%s
            """
                .formatted(BUCKET, repositoryName, user));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    // The server was tried out earlier: tests count, and cut, what comes then.
    try (State state = State.open(repository(user).resolve(".vat"), InstantSource.system())) {
      state.serverConditions().remember(endpoint.toString(), BUCKET, Set.of());
    }
  }

  /// Saves a file that has rested for a minute, so that its hash is remembered.
  void saves(String user, String name, byte[] content) throws IOException {
    Path file = Files.write(staging(user).resolve(name), content);
    Files.setLastModifiedTime(
        file, FileTime.from(InstantSource.system().instant().minus(Duration.ofMinutes(1))));
  }

  /// Runs a command in this process.
  CommandRun run(String user, String... arguments) {
    PaperTerminal paper = new PaperTerminal(false, true, "");
    int exit = Vat.run(surroundings(user, paper), new Cloud(), arguments);
    return new CommandRun(exit, paper.written(), paper.writtenToErr());
  }

  private Surroundings surroundings(String user, Terminal terminal) {
    return new Surroundings(
        repository(user),
        home.resolve(user),
        user,
        OperatingSystem.LINUX,
        Map.of(),
        terminal,
        InstantSource.system(),
        () -> ZoneOffset.UTC,
        whenStopped -> () -> {});
  }

  /// Starts the real program in a process of its own.
  ///
  /// @param output what it says, added to what is there
  Process start(String user, Path output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx200m",
            "-Duser.home=" + home.resolve(user)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(repository(user).toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("AWS_"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }
}
