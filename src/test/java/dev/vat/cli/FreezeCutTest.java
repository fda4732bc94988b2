package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.StorageClass;
import dev.vat.disk.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat freeze`, killed (-9) at random moments: as a request arrives at S3 or as its answer leaves,
/// or a little later. One of its archives is copied at once, the others in parts.
final class FreezeCutTest {
  private static final Map<String, String> TAGS = Map.of("vat-freeze", "auto");
  private static final List<String> PROJECTS = List.of("b40", "b41", "b42");

  @TempDir static Path home;
  private static GatedSandbox sandbox;

  @BeforeAll
  static void serve() throws Exception {
    sandbox = GatedSandbox.in(home.resolve("s3"));
  }

  @AfterAll
  static void stop() throws Exception {
    sandbox.close();
  }

  @Test
  void killed_at_any_moment_every_archive_is_whole_and_the_next_run_ends_it_without_leavings()
      throws Exception {
    int moments = new Scene(0).uncut();
    TortureSeeds.each(seed -> new Scene(seed).isCutAndGoesOn(moments));
  }

  /// One repository, and a prefix of its own.
  private static final class Scene {
    private final int seed;
    private final SplittableRandom random;
    private final FreezingProcess freezing;
    private final Map<String, ObjectFacts> archives = new LinkedHashMap<>();

    private Scene(int seed) throws IOException {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      Path repository = Files.createDirectories(home.resolve("mac-" + seed + "/v-voz"));
      Files.writeString(repository.resolve(".video-tools.env"), "");
      this.freezing =
          new FreezingProcess(
              repository, sandbox.gate().endpoint().toString(), "place-" + seed + "/");
      put("b40-old", 200_000);
      put("b41-old", 5_700_000);
      put("b42-old", 11_200_000);
    }

    private void put(String project, int bytes) throws IOException {
      byte[] content = new byte[bytes];
      random.nextBytes(content);
      String key = freezing.prefix() + "b00-b49/" + project + ".tar.gz";
      sandbox
          .store()
          .put(
              key,
              Body.of(content),
              new ObjectAttributes(
                  "application/gzip",
                  Map.of("repo", "v-voz", "project-id", project),
                  StorageClass.STANDARD,
                  TAGS),
              Guard.absent());
      archives.put(key, sandbox.store().head(key).orElseThrow());
    }

    /// @return how many moments a whole run has: of each request that it arrives, and its answer
    private int uncut() throws IOException {
      sandbox.gate().watch(() -> true);
      finish();
      return 2 * sandbox.gate().requests().size();
    }

    private void finish() throws IOException {
      CommandRun run = freezing.run(PROJECTS);
      assertThat(run.exit()).as("seed %d\n%s%s", seed, run.out(), run.err()).isZero();
      assertFrozen();
    }

    /// @return whether it was killed before its end
    private boolean isCutAndGoesOn(int moments) throws Exception {
      boolean cut =
          new KilledProgram(sandbox.gate(), home.resolve("output.txt"))
              .killed(
                  to -> ChildJvm.start(FreezingProcess.class, freezing.arguments(PROJECTS)),
                  random,
                  moments);
      assertWhole();
      finish();
      return cut;
    }

    /// The checksum of the whole is the server's own, of what it holds.
    private void assertWhole() throws IOException {
      for (Map.Entry<String, ObjectFacts> archive : archives.entrySet()) {
        ObjectFacts before = archive.getValue();
        ObjectFacts now = sandbox.store().head(archive.getKey()).orElseThrow();
        assertThat(now.crc32()).as("seed %d", seed).isEqualTo(before.crc32());
        assertThat(now.summary().sizeBytes())
            .as("seed %d", seed)
            .isEqualTo(before.summary().sizeBytes());
        assertThat(now.metadata()).as("seed %d", seed).isEqualTo(before.metadata());
        assertThat(sandbox.store().tags(archive.getKey(), now.summary().etag()))
            .as("seed %d", seed)
            .isEqualTo(TAGS);
      }
    }

    private void assertFrozen() throws IOException {
      assertWhole();
      for (String key : archives.keySet()) {
        assertThat(sandbox.store().head(key).orElseThrow().summary().storageClass())
            .as("seed %d: %s", seed, key)
            .isEqualTo(StorageClass.DEEP_ARCHIVE);
      }
      List<OpenUpload> open = new ArrayList<>();
      sandbox.store().listUploads(freezing.prefix(), open::add);
      assertThat(open).as("seed %d", seed).isEmpty();
    }
  }
}
