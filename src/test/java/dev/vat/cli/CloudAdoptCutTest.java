package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.ObjectStore;
import dev.vat.index.Filter;
import dev.vat.index.Findings;
import dev.vat.index.Index;
import dev.vat.index.Query;
import dev.vat.lifecycle.StoredArchives;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat cloud adopt`, the real program killed (-9) at random moments: as a request arrives at S3 or
/// as its answer leaves. Each third of the usual seeds is tried: a run reads nothing that it could
/// harm.
final class CloudAdoptCutTest {
  private static final String VAULT = "vault";
  private static final int ARCHIVES = 8;

  /// A whole run has about so many: a listing, and of each archive a question and two readings; a
  /// request and its answer are two.
  private static final int MOMENTS = 2 + ARCHIVES * 6;

  @TempDir static Path home;
  private static SandboxServer server;
  private static RequestGate gate;

  @BeforeAll
  static void start() throws Exception {
    server =
        SandboxServer.start(
            SandboxOptions.in(home.resolve("s3"), InstantSource.system())
                .withBuckets(VAULT, RealTeam.BUCKET));
    gate = RequestGate.before(server.endpoint());
    try (ObjectStore store = RealTeam.store(server.endpoint(), VAULT)) {
      for (int i = 10; i < 10 + ARCHIVES; i++) {
        StoredArchives.put(
            store,
            "archive/",
            "v-voz",
            "b" + i + "-old",
            Map.of(
                "b" + i + "-old/film of b" + i + ".mp4", new byte[30_000],
                "b" + i + "-old/first of b" + i + ".txt", ("word" + i).getBytes(UTF_8),
                "b" + i + "-old/second of b" + i + ".txt", ("also word" + i).getBytes(UTF_8)));
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    gate.close();
    server.close();
  }

  @Test
  void killed_at_any_moment_no_archive_is_half_known_and_the_next_run_goes_on() throws Exception {
    int cuts = 0;
    List<Integer> seeds = TortureSeeds.all().stream().filter(seed -> seed % 3 == 1).toList();
    for (int seed : seeds) {
      cuts += isCutAndGoesOn(seed) ? 1 : 0;
    }
    assertThat(cuts).as("seeds of which a process was killed").isGreaterThan(seeds.size() / 3);
  }

  private static boolean isCutAndGoesOn(int seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    RealTeam team = new RealTeam(home.resolve("seed-" + seed), gate.endpoint(), "v-voz");
    team.join("jan");
    Files.delete(team.staging("jan"));
    Files.delete(team.staging("jan").getParent());
    Files.writeString(
        team.repository("jan").resolve(".video-tools.env"),
        "S3_ARCHIVE_BUCKET=%s\nS3_ARCHIVE_PREFIX=archive\n".formatted(VAULT),
        StandardOpenOption.APPEND);
    KilledProgram program = new KilledProgram(gate, home.resolve("output-" + seed));
    boolean cut = program.killed(team, "jan", random, MOMENTS, "cloud", "adopt");
    int known = assertNoneIsHalfKnown(team, seed);

    CommandRun run = team.run("jan", "cloud", "adopt");

    assertThat(run.exit()).as("seed %d: %s%s", seed, run.out(), run.err()).isZero();
    if (known < ARCHIVES) {
      assertThat(run.out())
          .as("seed %d", seed)
          .contains((ARCHIVES - known) + (known == ARCHIVES - 1 ? " archive" : " archives"));
    }
    assertThat(assertNoneIsHalfKnown(team, seed)).as("seed %d", seed).isEqualTo(ARCHIVES);
    return cut;
  }

  /// @return how many are known
  private static int assertNoneIsHalfKnown(RealTeam team, int seed) throws IOException {
    if (Files.notExists(team.repository("jan").resolve(".vat/index.db"))) {
      return 0;
    }
    int known = 0;
    try (Index index = Index.open(team.repository("jan").resolve(".vat")).orElseThrow()) {
      for (int i = 10; i < 10 + ARCHIVES; i++) {
        Query project = Query.of("of b" + i).orElseThrow();
        Query text = Query.of("word" + i).orElseThrow();
        Findings names = index.find(project, Filter.all(10), List.of());
        Findings texts = index.find(text, Filter.all(10), List.of());
        boolean any = names.namesInAll() > 0;
        assertThat(names.namesInAll()).as("seed %d", seed).isEqualTo(any ? 3 : 0);
        assertThat(texts.textsInAll()).as("seed %d", seed).isEqualTo(any ? 2 : 0);
        known += any ? 1 : 0;
      }
    }
    return known;
  }
}
