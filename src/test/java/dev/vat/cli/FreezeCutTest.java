package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.disk.ChildJvm;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat freeze`, killed (-9) at random moments. `-Dvat.torture=FROM-TO` tries those seeds instead
// of
/// the usual ones (profile `torture`).
final class FreezeCutTest {
  private static final int MOST_ATTEMPTS = 8;
  private static final Map<String, String> TAGS = Map.of("vat-freeze", "auto");

  private static final String BUCKET = "vault";

  @TempDir Path home;
  private SandboxServer server;

  @BeforeEach
  void serve() throws IOException {
    server =
        SandboxServer.start(
            SandboxOptions.in(home.resolve("s3"), InstantSource.system()).withBuckets(BUCKET));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static List<Integer> seeds() {
    String[] range = System.getProperty("vat.torture", "1-3").split("-");
    List<Integer> seeds = new ArrayList<>();
    for (int i = Integer.parseInt(range[0]); i <= Integer.parseInt(range[1]); i++) {
      seeds.add(i);
    }
    return seeds;
  }

  @Test
  void killed_at_any_moment_every_archive_is_whole_and_the_next_run_ends_it_without_leavings()
      throws Exception {
    long nanos = new Scene(0, 0).uncut();
    int cuts = 0;
    for (int seed : seeds()) {
      cuts += isCut(seed, nanos) ? 1 : 0;
    }
    assertThat(cuts).as("seeds of which a process was killed").isGreaterThan(seeds().size() / 3);
  }

  /// However long a run takes on a computer that is busy at one moment and idle at the next: a
  /// process that had ended by itself says that the waits were too long, so the seed is tried again
  /// with shorter ones.
  private boolean isCut(int seed, long nanos) throws Exception {
    long longest = nanos;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Scene scene = new Scene(seed, attempt);
      if (scene.cut(longest)) {
        return true;
      }
      longest = Math.max(1, Math.min(longest / 2, scene.waited));
    }
    return false;
  }

  /// One repository, one bucket.
  private final class Scene {
    private final int seed;
    private final SplittableRandom random;
    private final Path repository;
    private final String prefix;
    private final ObjectStore store;
    private final Map<String, ObjectFacts> archives = new LinkedHashMap<>();

    private long waited;

    private Scene(int seed, int attempt) throws Exception {
      this.seed = seed;
      this.random = new SplittableRandom(seed + 1_000_003L * attempt);
      this.prefix = "place-" + seed + "-" + attempt + "/";
      this.repository = Files.createDirectories(home.resolve(prefix + "v-voz"));
      Files.writeString(repository.resolve(".video-tools.env"), "");
      S3Keys keys =
          new S3Keys(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty());
      S3Connection connection =
          new S3Connection(
              Optional.of(server.endpoint()),
              Optional.of("us-east-1"),
              Optional.of(keys),
              Optional.empty());
      store = ImpatientStore.open(connection, BUCKET);
      for (int i = 0; i < 3; i++) {
        put(prefix + "b00-b49/b4" + i + "-old.tar.gz", 200_000 + (i == 0 ? 0 : 5_500_000 * i));
      }
    }

    private void put(String key, int bytes) throws IOException {
      byte[] content = new byte[bytes];
      random.nextBytes(content);
      store.put(
          key,
          Body.of(content),
          new ObjectAttributes(
              "application/gzip", Map.of("repo", "v-voz"), StorageClass.STANDARD, TAGS),
          Guard.absent());
      archives.put(key, store.head(key).orElseThrow());
    }

    private Process start() throws IOException {
      return ChildJvm.start(
          FreezingProcess.class,
          Stream.concat(
                  Stream.of(repository.toString(), server.endpoint().toString(), prefix),
                  Stream.of("b40", "b41", "b42"))
              .toArray(String[]::new));
    }

    private long uncut() throws Exception {
      Process process = start();
      try (BufferedReader output = process.inputReader()) {
        assertThat(output.readLine()).isEqualTo("begun");
        long begun = System.nanoTime();
        String rest = String.join("\n", output.lines().toList());
        assertThat(process.waitFor()).as(rest).isZero();
        assertFrozen();
        return System.nanoTime() - begun;
      }
    }

    /// @return whether it was killed before its end
    private boolean cut(long nanos) throws Exception {
      Process process = start();
      try (BufferedReader output = process.inputReader()) {
        assertThat(output.readLine()).isEqualTo("begun");
        waited = random.nextLong(nanos);
        LockSupport.parkNanos(waited);
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      assertWhole();
      Process last = start();
      String output = new String(last.getInputStream().readAllBytes());
      assertThat(last.waitFor()).as("seed %d: %s", seed, output).isZero();
      assertFrozen();
      return process.exitValue() == 137;
    }

    /// The checksum of the whole is the server's own, of what it holds.
    private void assertWhole() throws IOException {
      for (Map.Entry<String, ObjectFacts> archive : archives.entrySet()) {
        ObjectFacts before = archive.getValue();
        ObjectFacts now = store.head(archive.getKey()).orElseThrow();
        assertThat(now.crc32()).as("seed %d", seed).isEqualTo(before.crc32());
        assertThat(now.summary().sizeBytes()).isEqualTo(before.summary().sizeBytes());
        assertThat(now.metadata()).as("seed %d", seed).isEqualTo(before.metadata());
        assertThat(store.tags(archive.getKey(), now.summary().etag()))
            .as("seed %d", seed)
            .isEqualTo(TAGS);
      }
    }

    private void assertFrozen() throws IOException {
      assertWhole();
      for (String key : archives.keySet()) {
        assertThat(store.head(key).orElseThrow().summary().storageClass())
            .as("seed %d: %s", seed, key)
            .isEqualTo(StorageClass.DEEP_ARCHIVE);
      }
      List<OpenUpload> open = new ArrayList<>();
      store.listUploads(prefix, open::add);
      assertThat(open).as("seed %d", seed).isEmpty();
      store.close();
    }
  }
}
