package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.Condition;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import dev.vat.settings.S3Access;
import dev.vat.state.State;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// David, a sandbox as the team's bucket, and a [FaultProxy] between them. Jan's files come to the
/// bucket on a good line.
final class BadLine implements AutoCloseable {
  static final String PROJECT = "b63-flivideo";
  private static final String BUCKET = "films";

  private final Path folder;
  private final SandboxServer server;
  private final FaultProxy proxy;
  private final ObjectStore direct;
  private final AtomicReference<Duration> serverIsAhead = new AtomicReference<>(Duration.ZERO);
  private final List<Duration> pauses = new ArrayList<>();
  private final Map<String, Path> homes = new HashMap<>();
  private Duration silence = Duration.ofSeconds(20);
  private int repositories;

  BadLine(Path folder) throws IOException {
    this.folder = folder;
    // The SDK signs with the computer's own time, so the server lives in it too.
    InstantSource clock = () -> Instant.now().plus(serverIsAhead.get());
    this.server =
        SandboxServer.start(SandboxOptions.in(folder.resolve("s3"), clock).withBuckets(BUCKET));
    this.proxy = FaultProxy.before(server.endpoint());
    this.direct = ImpatientStore.open(connection(server.endpoint()), BUCKET);
  }

  /// Where somebody keeps the repositories, if not beside the others.
  void keepsAt(String user, Path place) {
    homes.put(user, place);
  }

  /// How long a server may say nothing.
  void patience(Duration time) {
    silence = time;
  }

  FaultProxy proxy() {
    return proxy;
  }

  /// A wrong clock is one that differs from the server's: here the server's is moved.
  void serverIsAheadBy(Duration time) {
    serverIsAhead.set(time);
    ImpatientStore.forgetTheServersClock();
  }

  /// How long would have been waited between attempts, since the last question.
  List<Duration> pauses() {
    List<Duration> noted = List.copyOf(pauses);
    pauses.clear();
    return noted;
  }

  /// A new repository, with nothing of it in S3 yet.
  Repository repository() throws IOException {
    return new Repository("v-" + ++repositories);
  }

  @Override
  public void close() throws IOException {
    ImpatientStore.forgetTheServersClock();
    direct.close();
    proxy.close();
    server.close();
  }

  private static S3Connection connection(URI endpoint) {
    return new S3Connection(
        Optional.of(endpoint),
        Optional.of("us-east-1"),
        Optional.of(
            new S3Keys(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty())),
        Optional.empty());
  }

  /// One repository on both of their computers, and its keys in S3.
  final class Repository {
    private final String name;

    private Repository(String name) {
      this.name = name;
    }

    /// Where somebody keeps the staged files.
    Path staging(String user) {
      return root(user).resolve(PROJECT).resolve("s3-staging");
    }

    private Path root(String user) {
      return homes.getOrDefault(user, folder.resolve(user)).resolve(name);
    }

    void saves(String user, Map<String, String> files) throws IOException {
      Files.createDirectories(staging(user));
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(staging(user).resolve(file.getKey()), file.getValue());
      }
    }

    /// Another tool's upload.
    void otherToolPuts(String file, String content) throws IOException {
      direct.put(
          name + "/" + PROJECT + "/" + file,
          Body.of(content.getBytes(UTF_8)),
          new ObjectAttributes("video/quicktime", Map.of()),
          Guard.absent());
    }

    /// On a good line, at a computer of their own.
    CommandRun somebody(String user, OperatingSystem system, String... words) throws IOException {
      return person(user, server.endpoint()).on(system).run(words);
    }

    /// On the bad line.
    CommandRun david(String... words) throws IOException {
      return run("david", proxy.endpoint(), words);
    }

    /// On a good line.
    CommandRun jan(String... words) throws IOException {
      return run("jan", server.endpoint(), words);
    }

    /// At any address.
    CommandRun davidAt(URI endpoint, String... words) throws IOException {
      return run("david", endpoint, words);
    }

    private CommandRun run(String user, URI endpoint, String... words) throws IOException {
      return person(user, endpoint).run(words);
    }

    private CommandRun.Person person(String user, URI endpoint) throws IOException {
      Path env = Files.createDirectories(root(user)).resolve(".video-tools.env");
      if (Files.notExists(env)) {
        Files.writeString(env, "");
      }
      knowsTheServer(root(user), endpoint);
      return CommandRun.in(root(user))
          .home(folder.resolve("home"))
          .with("AWS_ENDPOINT_URL_S3", endpoint.toString())
          .with("AWS_REGION", "us-east-1")
          .with("AWS_ACCESS_KEY_ID", SandboxOptions.ACCESS_KEY)
          .with("AWS_SECRET_ACCESS_KEY", SandboxOptions.SECRET_KEY)
          .with("S3_COLLAB_BUCKET", BUCKET)
          .with("S3_REPO_NAME", name)
          .with("S3_SYNC_USER", user)
          .using(new OnTheLine());
    }

    /// The server was tried out earlier: what is told of these commands is about their own
    /// requests. How the trials fare on a bad line is ProbeFaultsTest.
    private static void knowsTheServer(Path root, URI endpoint) throws IOException {
      try (State state = State.open(root.resolve(".vat"), new HandClock())) {
        state.serverConditions().remember(endpoint.toString(), BUCKET, Set.of());
      }
    }

    /// What everybody can see in S3, without the team's notes.
    SortedMap<String, String> inS3() throws IOException {
      String prefix = name + "/" + PROJECT + "/";
      SortedMap<String, String> files = new TreeMap<>();
      List<ObjectSummary> listed = new ArrayList<>();
      direct.list(prefix, listed::add);
      for (ObjectSummary object : listed) {
        String file = object.key().substring(prefix.length());
        if (!file.equals("metadata.json")) {
          files.put(file, content(object));
        }
      }
      return files;
    }

    String notes() throws IOException {
      String key = name + "/" + PROJECT + "/metadata.json";
      return content(direct.head(key).orElseThrow().summary());
    }

    private String content(ObjectSummary object) throws IOException {
      try (InputStream in = direct.read(object.key(), object.etag(), 0, object.sizeBytes())) {
        return new String(in.readAllBytes(), UTF_8);
      }
    }

    /// Uploads in parts that nobody finished.
    int openUploads() throws IOException {
      List<Object> open = new ArrayList<>();
      direct.listUploads(name + "/", open::add);
      return open.size();
    }

    /// What everybody can see in David's folder.
    SortedMap<String, String> atDavids() throws IOException {
      SortedMap<String, String> files = new TreeMap<>();
      if (Files.exists(staging("david"))) {
        try (Stream<Path> all = Files.list(staging("david"))) {
          for (Path file : all.toList()) {
            if (!file.getFileName().toString().startsWith(".vat-part-")) {
              files.put(file.getFileName().toString(), Files.readString(file));
            }
          }
        }
      }
      return files;
    }

    /// Downloads that are not finished, beside the files.
    long unfinishedAtDavids() throws IOException {
      try (Stream<Path> all = Files.list(staging("david"))) {
        return all.filter(path -> path.getFileName().toString().startsWith(".vat-part-")).count();
      }
    }
  }

  /// Asserts that of what is visible, everything is what somebody put there.
  static void assertNothingWrong(SortedMap<String, String> visible, Map<String, String> right) {
    visible.forEach((file, content) -> assertThat(content).as(file).isEqualTo(right.get(file)));
  }

  private final class OnTheLine implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking) {
      return ImpatientStore.open(
          connection(access.endpoint().orElseThrow()), bucket, silence, pauses);
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }
}
