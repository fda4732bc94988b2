package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.Thaw;
import dev.vat.state.RememberedThaw;
import dev.vat.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat thaw`, the real program killed (-9) at random moments: what S3 was asked for is remembered,
/// known to the teammate after the next run, and asked and paid for once.
final class ThawCutTest {
  private static final List<String> PROJECTS = List.of("b40-old", "b41-two", "b42-three");

  @Test
  void killed_at_any_moment_no_thaw_is_forgotten_or_asked_for_twice(@TempDir Path home)
      throws Exception {
    SandboxTrial.each(home, Scene::new);
  }

  /// Two people with one place in the bucket.
  private static final class Scene implements SandboxTrial.Scene {
    private final SandboxTrial trial;
    private final GatedSandbox sandbox;
    private final int seed;
    private final RealTeam team;
    private final Map<String, String> keys = new TreeMap<>();

    private Scene(SandboxTrial trial) throws IOException {
      this.trial = trial;
      this.sandbox = trial.sandbox();
      this.seed = trial.seed();
      this.team =
          new RealTeam(
              trial.home().resolve("mac-" + seed), sandbox.gate().endpoint(), "v-voz-" + seed);
      for (String user : List.of("david", "jan")) {
        team.join(user);
        Files.writeString(
            team.repository(user).resolve(".video-tools.env"),
            "S3_ARCHIVE_BUCKET=%s\nS3_ARCHIVE_PREFIX=seed-%d\n"
                .formatted(GatedSandbox.BUCKET, seed),
            StandardOpenOption.APPEND);
      }
      for (String project : PROJECTS) {
        String key = "seed-" + seed + "/b00-b49/" + project + ".tar.gz";
        sandbox.keeps(
            key,
            new byte[2_000],
            new ObjectAttributes(
                "application/gzip",
                Map.of("repo", team.repositoryName(), "project-id", project),
                StorageClass.DEEP_ARCHIVE,
                Map.of()));
        keys.put(project, key);
      }
    }

    private static String[] thaw() {
      return Stream.concat(Stream.of("thaw", "--yes"), PROJECTS.stream()).toArray(String[]::new);
    }

    @Override
    public boolean isCutAndGoesOn(int moments) throws Exception {
      boolean cut = trial.program().killed(team, "david", trial.random(), moments, thaw());
      List<String> underWay =
          keys.values().stream().filter(key -> thawOf(key) instanceof Thaw.Thawing).toList();
      Map<String, RememberedThaw> before = remembered();
      assertThat(before.keySet())
          .as("seed %d: what S3 was asked for is remembered", seed)
          .containsAll(underWay);
      sandbox.gate().watch(() -> true);
      finish(underWay);
      Map<String, RememberedThaw> after = remembered();
      for (String key : underWay) {
        assertThat(after.get(key)).as("seed %d: %s", seed, key).isEqualTo(before.get(key));
      }
      return cut;
    }

    @Override
    public void finish() throws Exception {
      finish(List.of());
    }

    /// What is under way is not asked for.
    private void finish(List<String> underWay) throws Exception {
      CommandRun run = team.run("david", thaw());
      assertThat(run.exit()).as("seed %d\n%s%s", seed, run.out(), run.err()).isEqualTo(7);
      List<String> asked =
          sandbox.gate().requests().stream()
              .filter(request -> request.method().equals("POST"))
              .map(RequestGate.Request::target)
              .toList();
      for (String key : keys.values()) {
        assertThat(asked.stream().filter(target -> target.contains("/" + key + "?restore")).count())
            .as("seed %d: %s is asked for once, of %s", seed, key, asked)
            .isEqualTo(underWay.contains(key) ? 0 : 1);
        assertThat(thawOf(key)).as("seed %d: %s", seed, key).isInstanceOf(Thaw.Thawing.class);
      }
      assertThat(remembered().keySet()).as("seed %d", seed).containsAll(keys.values());
      CommandRun jan = team.run("jan", "thaw", "--check-status");
      assertThat(jan.out())
          .as("seed %d", seed)
          .containsPattern("(?s)(being thawed \\(asked for by david\\), readable by .*){3}");
    }

    private Thaw thawOf(String key) {
      try {
        return sandbox.store().head(key).orElseThrow().summary().thaw();
      } catch (IOException e) {
        throw new AssertionError("seed " + seed + ": " + key, e);
      }
    }

    private Map<String, RememberedThaw> remembered() throws IOException {
      Map<String, RememberedThaw> all = new TreeMap<>();
      try (State state =
          State.open(team.repository("david").resolve(".vat"), InstantSource.system())) {
        state
            .thaws()
            .all(sandbox.gate().endpoint() + "|" + GatedSandbox.BUCKET + "|seed-" + seed + "/")
            .forEach(thaw -> all.put(thaw.key(), thaw));
      }
      return all;
    }
  }
}
