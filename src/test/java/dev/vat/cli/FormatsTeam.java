package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.AccessPolicies;
import dev.vat.cloud.Condition;
import dev.vat.cloud.MemoryAccessPolicies;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import dev.vat.settings.S3Access;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeMap;

/// People on one real server, each document that their commands print checked against its JSON
/// Schema.
final class FormatsTeam implements AutoCloseable {
  static final String PROJECT = "b63-flivideo";
  static final String BUCKET = "films";

  private final Path folder;
  private final SandboxServer server;
  private String ssdBase = "";

  private FormatsTeam(Path folder, SandboxServer server) {
    this.folder = folder;
    this.server = server;
  }

  /// @param folder where everybody's repository will be, by their name
  static FormatsTeam in(Path folder) throws IOException {
    // The SDK signs with the computer's own time, so the server must live in it too.
    return new FormatsTeam(
        folder,
        SandboxServer.start(
            SandboxOptions.in(folder.resolve("s3"), InstantSource.system()).withBuckets(BUCKET)));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  SandboxServer server() {
    return server;
  }

  /// A look at the bucket past everything.
  ObjectStore store() {
    return RealTeam.store(server.endpoint(), BUCKET);
  }

  Services services() {
    return new OnTheSandbox();
  }

  /// From now on everybody has this folder for a drive.
  void keepsCopiesOn(Path drive) {
    ssdBase = drive.toString();
  }

  /// @param schema its file's name up to the first dot
  /// @return the document, which fits its schema
  String valid(String schema, int exit, String who, String... words) throws IOException {
    return valid(schema, exit, person(who), words);
  }

  String valid(String schema, int exit, CommandRun.Person who, String... words) throws IOException {
    CommandRun run = who.run(words);
    assertThat(run.exit()).as("%s%n%s", run.out(), run.err()).isEqualTo(exit);
    assertThat(PublishedSchemas.complaints(schema, run.out())).as(run.out()).isEmpty();
    return run.out();
  }

  CommandRun.Person person(String who) throws IOException {
    Path repository = Files.createDirectories(folder.resolve(who));
    if (!who.equals("new")) {
      Files.writeString(
          repository.resolve(".video-tools.env"),
          ssdBase.isEmpty() ? "" : "SSD_BASE=" + ssdBase + "\nSSD_SAME_DISK_OK=1\n");
    }
    return CommandRun.in(repository)
        .with("AWS_ENDPOINT_URL_S3", server.endpoint().toString())
        .with("AWS_REGION", "us-east-1")
        .with("AWS_ACCESS_KEY_ID", SandboxOptions.ACCESS_KEY)
        .with("AWS_SECRET_ACCESS_KEY", SandboxOptions.SECRET_KEY)
        .with("S3_COLLAB_BUCKET", BUCKET)
        .with("S3_REPO_NAME", "v-appydave")
        .with("S3_SYNC_USER", who)
        .using(services());
  }

  void write(String who, String name, String content) throws IOException {
    Path file = staged(who, name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  Path staged(String who, String name) {
    return folder.resolve(who).resolve(PROJECT).resolve("s3-staging").resolve(name);
  }

  /// What is noted in S3 about the project.
  String metadata() throws IOException {
    try (ObjectStore store = store()) {
      TreeMap<String, ObjectSummary> notes = new TreeMap<>();
      String key = "v-appydave/" + PROJECT + "/metadata.json";
      store.list(key, object -> notes.put(object.key(), object));
      ObjectSummary found = notes.get(key);
      try (InputStream in = store.read(key, found.etag(), 0, found.sizeBytes())) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private static final class OnTheSandbox implements Services {
    @Override
    public AccessPolicies openPolicies(S3Access access) {
      return new MemoryAccessPolicies();
    }

    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking) {
      return RealTeam.store(access.endpoint().orElseThrow(), bucket);
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }
}
