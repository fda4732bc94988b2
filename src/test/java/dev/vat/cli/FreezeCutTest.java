package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat freeze`, killed (-9) at random moments: as a request arrives at S3 or as its answer leaves,
/// or a little later. One of its archives is copied at once, the others in parts.
final class FreezeCutTest {
  private static final Map<String, String> TAGS = Map.of("vat-freeze", "auto");
  private static final List<String> PROJECTS = List.of("b40", "b41", "b42");

  @Test
  void killed_at_any_moment_every_archive_is_whole_and_the_next_run_ends_it_without_leavings(
      @TempDir Path home) throws Exception {
    SandboxTrial.each(home, Scene::new);
  }

  /// One repository, and a prefix of its own.
  private static final class Scene implements SandboxTrial.Scene {
    private final SandboxTrial trial;
    private final GatedSandbox sandbox;
    private final int seed;
    private final FreezingProcess freezing;
    private final Map<String, ObjectFacts> archives = new LinkedHashMap<>();

    private Scene(SandboxTrial trial) throws IOException {
      this.trial = trial;
      this.sandbox = trial.sandbox();
      this.seed = trial.seed();
      Path repository = Files.createDirectories(trial.home().resolve("mac-" + seed + "/v-voz"));
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
      trial.random().nextBytes(content);
      String key = freezing.prefix() + "b00-b49/" + project + ".tar.gz";
      sandbox.keeps(
          key,
          content,
          new ObjectAttributes(
              "application/gzip",
              Map.of("repo", "v-voz", "project-id", project),
              StorageClass.STANDARD,
              TAGS));
      archives.put(key, sandbox.store().head(key).orElseThrow());
    }

    @Override
    public void finish() throws IOException {
      CommandRun run = freezing.run(PROJECTS);
      assertThat(run.exit()).as("seed %d\n%s%s", seed, run.out(), run.err()).isZero();
      assertFrozen();
    }

    @Override
    public boolean isCutAndGoesOn(int moments) throws Exception {
      boolean cut =
          trial
              .program()
              .killed(
                  to -> ChildJvm.start(FreezingProcess.class, freezing.arguments(PROJECTS)),
                  trial.random(),
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
