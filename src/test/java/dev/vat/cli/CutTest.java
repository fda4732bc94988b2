package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.UploadedPart;
import dev.vat.disk.TemporaryName;
import dev.vat.project.ProjectId;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import dev.vat.staging.StagedPlace;
import dev.vat.state.StartedDownload;
import dev.vat.state.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The real program in a process of its own, killed (-9) at random moments: as a request arrives at
/// S3 or as its answer leaves, or a little later in the middle of whatever it does then.
final class CutTest {
  private static final int PART_BYTES = 8 * 1024 * 1024;
  private static final int FOOTAGE_BYTES = 7 * PART_BYTES + 12_345;
  private static final byte[] DAVIDS = "David's cut of the film".getBytes(UTF_8);
  private static final byte[] JANS = "Jan's cut, which is another one".getBytes(UTF_8);

  @TempDir static Path home;
  private static SandboxServer server;
  private static ObjectStore bucket;
  private static RequestGate gate;

  @BeforeAll
  static void start() throws Exception {
    SandboxOptions options =
        SandboxOptions.in(home.resolve("s3"), InstantSource.system()).withBuckets(RealTeam.BUCKET);
    server = SandboxServer.start(options);
    bucket = RealTeam.bucket(server.endpoint());
    gate = RequestGate.before(server.endpoint());
  }

  @AfterAll
  static void stop() throws Exception {
    gate.close();
    bucket.close();
    server.close();
  }

  // ---- big files

  @Test
  void a_killed_transfer_of_a_big_file_goes_on_and_moves_nothing_twice() throws Exception {
    int cuts = 0;
    for (int seed : TortureSeeds.all()) {
      SplittableRandom random = new SplittableRandom(seed);
      RealTeam team = new RealTeam(home.resolve("big"), gate.endpoint(), "big-" + seed);
      team.join("david");
      team.join("jan");
      byte[] footage = new byte[FOOTAGE_BYTES];
      random.nextBytes(footage);
      team.saves("david", "footage.mp4", footage);
      cuts += bigUp(team, seed, random, footage) ? 1 : 0;
      cuts += bigDown(team, seed, random, footage) ? 1 : 0;
      remove(team);
    }
    assertThat(cuts).as("processes that were killed").isGreaterThan(TortureSeeds.all().size());
  }

  /// @return whether it was killed before its end
  private static boolean bigUp(RealTeam team, int seed, SplittableRandom random, byte[] footage)
      throws Exception {
    String key = team.prefix() + "footage.mp4";
    boolean cut = killed(team, "david", random, 34, "up", RealTeam.PROJECT);
    everythingVisibleIsWhole(team, seed, footage);
    Set<Integer> there = partsOf(key);
    finishes(team, "david", seed, "up", RealTeam.PROJECT);
    assertThat(content(key)).as("seed %d", seed).isEqualTo(footage);
    assertThat(
            gate.requests().stream()
                .filter(RequestGate.Request::sendsPart)
                .map(RequestGate.Request::partNumber))
        .as("seed %d: parts that were there already: %s", seed, there)
        .doesNotHaveDuplicates()
        .noneMatch(there::contains);
    assertThat(openUploads(team)).as("seed %d", seed).isEmpty();
    return cut;
  }

  private static boolean bigDown(RealTeam team, int seed, SplittableRandom random, byte[] footage)
      throws Exception {
    String key = team.prefix() + "footage.mp4";
    boolean cut = killed(team, "jan", random, 24, "down", RealTeam.PROJECT);
    everythingVisibleIsWhole(team, seed, footage);
    Set<Long> there = rangesOf(team, key);
    finishes(team, "jan", seed, "down", RealTeam.PROJECT);
    assertThat(Files.readAllBytes(team.staging("jan").resolve("footage.mp4")))
        .as("seed %d", seed)
        .isEqualTo(footage);
    assertThat(
            gate.requests().stream()
                .filter(r -> r.method().equals("GET") && r.isOf(key))
                .map(RequestGate.Request::offset))
        .as("seed %d: ranges that were there already: %s", seed, there)
        .doesNotHaveDuplicates()
        .noneMatch(there::contains);
    assertThat(temporaries(team.staging("jan"))).as("seed %d", seed).isEmpty();
    return cut;
  }

  private static Set<Integer> partsOf(String key) throws IOException {
    List<OpenUpload> open = new ArrayList<>();
    bucket.listUploads(key, open::add);
    Set<Integer> numbers = new TreeSet<>();
    for (OpenUpload upload : open) {
      bucket.listParts(key, upload.uploadId()).stream()
          .map(UploadedPart::number)
          .forEach(numbers::add);
    }
    return numbers;
  }

  private static Set<Long> rangesOf(RealTeam team, String key) throws IOException {
    StagedPlace place =
        new StagedPlace(
            team.endpoint().toString(),
            RealTeam.BUCKET,
            "",
            team.repositoryName(),
            new ProjectId(RealTeam.PROJECT));
    try (State state =
        State.copyForLooking(team.repository("jan").resolve(".vat"), InstantSource.system())) {
      Optional<StartedDownload> started = state.downloads().find(place.placeId(), key);
      return started.stream()
          .flatMap(
              s -> s.finishedRanges().stream().map(number -> number * s.download().rangeBytes()))
          .collect(Collectors.toSet());
    }
  }

  // ---- decisions and cleaning up

  private enum Ending {
    MINE,
    THEIRS,
    BOTH,
    CLEANUP
  }

  @Test
  void killed_in_the_middle_of_a_decision_or_a_cleanup_nothing_is_lost() throws Exception {
    int cuts = 0;
    for (int seed : TortureSeeds.all()) {
      SplittableRandom random = new SplittableRandom(1_000_000 + seed);
      Ending ending = Ending.values()[seed % Ending.values().length];
      RealTeam team = new RealTeam(home.resolve("small"), gate.endpoint(), "small-" + seed);
      team.join("david");
      team.join("jan");
      team.saves("david", "cut.mp4", DAVIDS);
      assertThat(team.run("david", "up", RealTeam.PROJECT).exit()).isZero();
      cuts +=
          switch (ending) {
                case MINE, THEIRS, BOTH -> decided(team, seed, random, ending);
                case CLEANUP -> cleanedUp(team, seed, random);
              }
              ? 1
              : 0;
      assertThat(openUploads(team)).as("seed %d", seed).isEmpty();
      remove(team);
    }
    assertThat(cuts).as("processes that were killed").isGreaterThan(TortureSeeds.all().size() / 3);
  }

  private static boolean decided(RealTeam team, int seed, SplittableRandom random, Ending ending)
      throws Exception {
    team.saves("jan", "cut.mp4", JANS);
    String direction = ending == Ending.THEIRS ? "down" : "up";
    String keep = ending.name().toLowerCase(Locale.ROOT);
    String[] command = {direction, RealTeam.PROJECT, "--keep", keep};
    boolean cut = killed(team, "jan", random, 30, command);
    List<byte[]> all = everythingVisibleIsWhole(team, seed, DAVIDS, JANS);
    assertThat(all).as("seed %d: David's", seed).anyMatch(c -> Arrays.equals(c, DAVIDS));
    assertThat(all).as("seed %d: Jan's", seed).anyMatch(c -> Arrays.equals(c, JANS));
    finishes(team, "jan", seed, command);
    finishes(team, "jan", seed, "up", RealTeam.PROJECT);
    finishes(team, "jan", seed, "down", RealTeam.PROJECT);
    all = everythingVisibleIsWhole(team, seed, DAVIDS, JANS);
    assertThat(all).as("seed %d: David's", seed).anyMatch(c -> Arrays.equals(c, DAVIDS));
    assertThat(all).as("seed %d: Jan's", seed).anyMatch(c -> Arrays.equals(c, JANS));
    byte[] there = content(team.prefix() + "cut.mp4");
    byte[] here = Files.readAllBytes(team.staging("jan").resolve("cut.mp4"));
    assertThat(here).as("seed %d, keep %s", seed, keep).isEqualTo(there);
    assertThat(there).isEqualTo(ending == Ending.MINE ? JANS : DAVIDS);
    if (ending == Ending.BOTH) {
      assertThat(contentsBelow(team.staging("jan")).values())
          .as("seed %d, both here", seed)
          .hasSize(2);
      assertThat(keys(team)).as("seed %d, both there", seed).hasSize(2);
    }
    assertThat(temporaries(team.repository("jan"))).as("seed %d", seed).isEmpty();
    return cut;
  }

  private static boolean cleanedUp(RealTeam team, int seed, SplittableRandom random)
      throws Exception {
    team.saves("david", "second.mp4", JANS);
    assertThat(team.run("david", "up", RealTeam.PROJECT).exit()).isZero();
    boolean cut = killed(team, "david", random, 20, "cleanup", RealTeam.PROJECT, "--yes");
    everythingVisibleIsWhole(team, seed, DAVIDS, JANS);
    assertThat(contentsBelow(team.staging("david")).values())
        .as("seed %d: nothing here is touched", seed)
        .containsExactlyInAnyOrder(DAVIDS, JANS);
    finishes(team, "david", seed, "cleanup", RealTeam.PROJECT, "--yes");
    assertThat(keys(team)).as("seed %d", seed).isEmpty();
    finishes(team, "david", seed, "up", RealTeam.PROJECT);
    assertThat(keys(team)).as("seed %d: cleaned up, not sent again", seed).isEmpty();
    return cut;
  }

  // ---- killing

  /// Runs a command and kills it at a random one of so many moments, some of them a little later.
  ///
  /// @return whether it was killed before its end
  private static boolean killed(
      RealTeam team, String user, SplittableRandom random, int moments, String... command)
      throws Exception {
    return new KilledProgram(gate, home.resolve("output.txt"))
        .killed(team, user, random, moments, command);
  }

  private static void finishes(RealTeam team, String user, int seed, String... command) {
    CommandRun run = team.run(user, command);
    assertThat(run.exit())
        .as("seed %d: %s\n%s%s", seed, String.join(" ", command), run.out(), run.err())
        .isZero();
  }

  // ---- looking

  /// Every file that people see, here and in S3, put aside ones too, has one of these contents; the
  /// notes are whole.
  ///
  /// @return all of them
  private static List<byte[]> everythingVisibleIsWhole(RealTeam team, int seed, byte[]... contents)
      throws IOException {
    Map<String, byte[]> all = new TreeMap<>();
    for (String user : List.of("david", "jan")) {
      contentsBelow(team.staging(user)).forEach((n, c) -> all.put(user + " " + n, c));
      contentsBelow(team.repository(user).resolve(".vat-kept"))
          .forEach((n, c) -> all.put(user + " kept " + n, c));
    }
    List<String> keys = new ArrayList<>();
    bucket.list(team.repositoryName() + "/", object -> keys.add(object.key()));
    for (String key : keys) {
      if (key.endsWith("/metadata.json")) {
        assertThat(JsonMapper.shared().readTree(content(key)).isObject()).isTrue();
      } else {
        all.put(key, content(key));
      }
    }
    all.forEach(
        (name, content) ->
            assertThat(Stream.of(contents).anyMatch(c -> Arrays.equals(c, content)))
                .as("seed %d: %s is whole", seed, name)
                .isTrue());
    return List.copyOf(all.values());
  }

  private static Map<String, byte[]> contentsBelow(Path folder) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (!TemporaryName.isOne(file.getFileName().toString())) {
            contents.put(folder.relativize(file).toString(), Files.readAllBytes(file));
          }
        }
      }
    }
    return contents;
  }

  private static List<Path> temporaries(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> TemporaryName.isOne(f.getFileName().toString())).toList();
    }
  }

  private static byte[] content(String key) throws IOException {
    ObjectSummary object = bucket.head(key).orElseThrow().summary();
    try (InputStream in = bucket.read(key, object.etag(), 0, object.sizeBytes())) {
      return in.readAllBytes();
    }
  }

  /// The project's files in S3.
  private static List<String> keys(RealTeam team) throws IOException {
    List<String> keys = new ArrayList<>();
    bucket.list(team.prefix(), object -> keys.add(object.key()));
    keys.remove(team.prefix() + "metadata.json");
    return keys;
  }

  private static List<OpenUpload> openUploads(RealTeam team) throws IOException {
    List<OpenUpload> open = new ArrayList<>();
    bucket.listUploads(team.repositoryName() + "/", open::add);
    return open;
  }

  /// Two hundred seeds would fill a disk.
  private static void remove(RealTeam team) throws IOException {
    List<ObjectSummary> objects = new ArrayList<>();
    bucket.list(team.repositoryName() + "/", objects::add);
    for (ObjectSummary object : objects) {
      bucket.remove(object.key(), object.etag());
    }
    for (String user : List.of("david", "jan")) {
      try (Stream<Path> files = Files.walk(team.repository(user))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
