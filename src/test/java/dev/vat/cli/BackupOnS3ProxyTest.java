package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.Condition;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.S3ProxyServer;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.cloud.s3.S3ObjectStore;
import dev.vat.settings.S3Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backing up to a server that others wrote: S3Proxy keeps no tags, freezes nothing, and knows not
/// each condition. What it supports, works; what it does not, is said.
final class BackupOnS3ProxyTest {
  private static final String BUCKET = "vault";
  private static final String KEY = "appydave/b00-b49/b40-old.tar.gz";

  private static S3ProxyServer server;

  @TempDir Path folder;
  private final HandClock clock = new HandClock();
  private Path repository;
  private byte[] take;
  private int partsToGo = Integer.MAX_VALUE;
  private final List<Integer> sent = new ArrayList<>();

  @BeforeAll
  static void start(@TempDir Path place) throws Exception {
    server = S3ProxyServer.start(place);
    server.createBucket(BUCKET);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void arrive() throws IOException {
    try (ObjectStore store = store()) {
      for (String key : keys()) {
        if (store.head(key).isPresent()) {
          store.remove(key, store.head(key).orElseThrow().summary().etag());
        }
      }
    }
    repository = Files.createDirectories(folder.toRealPath().resolve("v-appydave"));
    Files.writeString(repository.resolve(".video-tools.env"), "");
    take = new byte[10_000_000];
    new Random(40).nextBytes(take);
    write("recordings/take one.mp4", take);
    write("notes/é.md", "notes".getBytes());
    write("transcript.txt", "what was said. ".repeat(2_000).getBytes());
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = repository.resolve("b40-old").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-16T09:15:00Z")));
  }

  private CommandRun vat(int exit, String... words) {
    CommandRun run =
        CommandRun.in(repository)
            .with("AWS_ENDPOINT_URL_S3", server.endpoint().toString())
            .with("AWS_REGION", "us-east-1")
            .with("AWS_ACCESS_KEY_ID", S3ProxyServer.ACCESS_KEY_ID)
            .with("AWS_SECRET_ACCESS_KEY", S3ProxyServer.SECRET)
            .with("S3_ARCHIVE_BUCKET", BUCKET)
            .with("S3_ARCHIVE_PREFIX", "appydave")
            .with("S3_REPO_NAME", "v-appydave")
            .with("S3_SYNC_USER", "david")
            .home(folder.resolve("home"))
            .at(clock)
            .using(new OnS3Proxy())
            .run(words);
    assertThat(run.exit()).as("%s%n%s%n%s", List.of(words), run.out(), run.err()).isEqualTo(exit);
    return run;
  }

  private static ObjectStore store() {
    return S3ObjectStore.open(
        new S3Connection(
            Optional.of(server.endpoint()),
            Optional.of("us-east-1"),
            Optional.of(
                new S3Keys(S3ProxyServer.ACCESS_KEY_ID, S3ProxyServer.SECRET, Optional.empty())),
            Optional.empty()),
        BUCKET);
  }

  private final class OnS3Proxy implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking) {
      return new ForwardingStore(store()) {
        @Override
        public UploadedPart uploadPart(String key, String uploadId, int number, Body body)
            throws IOException {
          synchronized (sent) {
            if (--partsToGo < 0) {
              throw new IOException("the line is cut");
            }
            sent.add(number);
          }
          return super.uploadPart(key, uploadId, number, body);
        }
      };
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }

  private static TreeSet<String> keys() throws IOException {
    try (ObjectStore store = store()) {
      TreeSet<String> keys = new TreeSet<>();
      store.list("", object -> keys.add(object.key()));
      store.listUploads("", upload -> keys.add("unfinished " + upload.key()));
      return keys;
    }
  }

  @Test
  void a_project_is_backed_up_over_a_cut_compared_proven_and_brought_home() throws Exception {
    vat(0, "backup", "b40", "--place", "local", "--dry-run");
    assertThat(keys()).isEmpty();

    partsToGo = 1;
    vat(1, "backup", "b40", "--place", "local");
    assertThat(keys()).containsExactly("appydave/RECOVER-WITHOUT-VAT.md", "unfinished " + KEY);
    assertThat(vat(0, "cloud", "clean", "--dry-run").out()).contains("by this computer");
    List<Integer> before = List.copyOf(sent);
    sent.clear();
    partsToGo = Integer.MAX_VALUE;
    vat(0, "backup", "b40", "--place", "local");

    assertThat(before).hasSize(1);
    assertThat(sent).as("parts that were there: %s", before).doesNotContainAnyElementsOf(before);
    assertThat(keys())
        .containsExactly(
            "appydave/RECOVER-WITHOUT-VAT.md",
            "appydave/b00-b49/b40-old.light.tar.gz",
            KEY,
            "appydave/b00-b49/b40-old.toc.json");
    sent.clear();
    assertThat(vat(0, "backup", "b40", "--place", "local").out())
        .contains("was in S3 already, the same");
    assertThat(sent).isEmpty();

    assertThat(vat(0, "verify", "b40", "--place", "s3", "--full").out())
        .contains("every file was read");
    Path home = Files.createDirectories(folder.resolve("home again"));
    vat(0, "restore", "b40", "--file", "recordings/take one.mp4", "--to", home.toString());
    assertThat(found(home)).isEqualTo(take);

    write("transcript.txt", "other words".getBytes());
    assertThat(vat(3, "backup", "b40", "--place", "local").err())
        .contains("S3 has another content");
    assertThat(keys()).hasSize(4);
  }

  @Test
  void what_was_left_over_is_cleaned_up_and_nothing_else() throws Exception {
    vat(0, "backup", "b40", "--place", "local");
    write("recordings/take two.mp4", take);
    partsToGo = 1;
    vat(1, "backup", "b40", "--place", "local", "--keep", "both");
    assertThat(keys()).anyMatch(key -> key.startsWith("unfinished "));
    try (ObjectStore store = store()) {
      store.remove(KEY, store.head(KEY).orElseThrow().summary().etag());
    }
    // The server goes by the real time, and the computer of this test by its own.
    clock.pass(Duration.between(clock.instant(), Instant.now()).plus(Duration.ofDays(31)));

    vat(0, "cloud", "clean", "--yes");

    assertThat(keys()).containsExactly("appydave/RECOVER-WITHOUT-VAT.md");
  }

  private static byte[] found(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return Files.readAllBytes(
          all.filter(file -> file.endsWith("recordings/take one.mp4")).findFirst().orElseThrow());
    }
  }
}
