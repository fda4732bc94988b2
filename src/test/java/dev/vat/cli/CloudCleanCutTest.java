package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StorageClass;
import dev.vat.lifecycle.StoredArchives;
import dev.vat.project.ContentHash;
import dev.vat.project.Md5;
import dev.vat.state.ClassChangeJournal;
import dev.vat.state.JournalledUpload;
import dev.vat.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat cloud clean`, the real program killed (-9) at random moments: as a request arrives at S3 or
/// as its answer leaves, or a little later; most of them where something is removed.
final class CloudCleanCutTest {
  /// More than what was made of an archive stays for.
  private static final Duration AGO = Duration.ofDays(40);

  @TempDir static Path home;
  private static final Map<Integer, Leftovers> LEFT = new HashMap<>();
  private static GatedSandbox sandbox;
  private static ObjectStore collab;

  @BeforeAll
  static void leave() throws Exception {
    Path folder = Files.createDirectories(home.resolve("s3"));
    // How far the time of what is stored is ahead of the real one: the program's own clock cannot
    // be moved.
    Path ahead = Files.writeString(folder.resolve("clock"), AGO.negated().toString());
    try (GatedSandbox past = GatedSandbox.in(folder, RealTeam.BUCKET);
        ObjectStore shared = RealTeam.bucket(past.server().endpoint())) {
      LEFT.put(0, new Leftovers(0, past.store(), shared));
      for (int seed : TortureSeeds.all()) {
        LEFT.put(seed, new Leftovers(seed, past.store(), shared));
      }
    }
    Files.delete(ahead);
    sandbox = GatedSandbox.in(folder);
    collab = RealTeam.bucket(sandbox.server().endpoint());
  }

  @AfterAll
  static void stop() throws Exception {
    collab.close();
    sandbox.close();
  }

  @Test
  void killed_at_any_moment_only_leftovers_go_no_upload_is_forgotten_and_the_next_run_ends_it()
      throws Exception {
    List<RequestGate.Request> whole = new Scene(0).uncut();
    TortureSeeds.each(seed -> new Scene(seed).isCutAndGoesOn(whole));
  }

  /// What 40 days ago was left in both buckets, for one seed.
  private static final class Leftovers {
    private final String repo;
    private final String prefix;
    private final String shared;
    private final ObjectStore archives;
    private final ObjectStore collab;

    /// Ids and keys of uploads that this computer will know as its own.
    private final Map<String, String> ours = new TreeMap<>();

    private final String oursShared;
    private final String ourChange;
    private final Set<String> others = new TreeSet<>();

    private Leftovers(int seed, ObjectStore archives, ObjectStore collab) throws IOException {
      this.repo = "v-voz-" + seed;
      this.prefix = "seed-" + seed + "/";
      this.shared = repo + "/b63-flivideo/draft.mp4";
      this.archives = archives;
      this.collab = collab;
      for (String project : List.of("b10-gone", "b11-last", "b12-kept")) {
        StoredArchives.put(archives, prefix, repo, project, files(project));
        if (!project.equals("b12-kept")) {
          remove(key(project, ".tar.gz"));
        }
      }
      StoredArchives.put(archives, prefix, "v-others", "b14-others", files("b14-others"));
      remove(key("b14-others", ".tar.gz"));
      archives.put(
          key("b15-never", ".toc.json"),
          Body.of("an archive, whatever it is called".getBytes(UTF_8)),
          new ObjectAttributes("application/gzip", says("b15-never")),
          Guard.absent());
      for (String project : List.of("b20-big", "b21-big", "b21-big")) {
        ours.put(begin(archives, key(project, ".tar.gz")), key(project, ".tar.gz"));
      }
      this.oursShared = begin(collab, shared);
      this.ourChange =
          archives.createUpload(
              key("b12-kept", ".tar.gz"),
              new ObjectAttributes(
                  "application/gzip", says("b12-kept"), StorageClass.DEEP_ARCHIVE, Map.of()));
      others.add(begin(collab, shared));
      others.add(begin(archives, key("b21-big", ".tar.gz")));
      others.add(begin(archives, key("b22-jans", ".tar.gz")));
    }

    private static Map<String, byte[]> files(String project) {
      return Map.of(project + "/film.mp4", new byte[9_000], project + "/words.txt", words(project));
    }

    private static byte[] words(String project) {
      return ("words of " + project).getBytes(UTF_8);
    }

    private Map<String, String> says(String project) {
      return Map.of("repo", repo, "project-id", project);
    }

    private String key(String project, String ending) {
      return prefix + "b00-b49/" + project + ending;
    }

    private void remove(String key) throws IOException {
      archives.remove(key, archives.head(key).orElseThrow().summary().etag());
    }

    private static String begin(ObjectStore store, String key) throws IOException {
      String id = store.createUpload(key, new ObjectAttributes("x/y", Map.of()));
      store.uploadPart(key, id, 1, Body.of(new byte[500]));
      return id;
    }

    private Set<String> ids() {
      Set<String> ids = new TreeSet<>(ours.keySet());
      ids.add(oursShared);
      ids.add(ourChange);
      return ids;
    }

    /// What is of no use to anybody, or on this computer too.
    private Set<String> unused() {
      return Set.of(
          key("b10-gone", ".toc.json"),
          key("b10-gone", ".light.tar.gz"),
          key("b11-last", ".toc.json"));
    }
  }

  /// Whoever left it, on the same computer.
  private static final class Scene {
    private final int seed;
    private final Leftovers left;
    private final RealTeam team;
    private final Map<String, ETag> before;

    private Scene(int seed) throws IOException {
      this.seed = seed;
      this.left = LEFT.get(seed);
      this.team = new RealTeam(home.resolve("mac-" + seed), sandbox.gate().endpoint(), left.repo);
      team.join("david");
      Files.writeString(
          team.repository("david").resolve(".video-tools.env"),
          "S3_ARCHIVE_BUCKET=%s\nS3_ARCHIVE_PREFIX=%s\n"
              .formatted(GatedSandbox.BUCKET, left.prefix),
          StandardOpenOption.APPEND);
      Files.createDirectories(words().getParent());
      Files.write(words(), Leftovers.words("b10-gone"));
      remember();
      this.before = objects();
      assertThat(uploads()).hasSize(8);
    }

    /// As the runs did that were cut then.
    private void remember() throws IOException {
      Instant then = InstantSource.system().instant().minus(AGO);
      try (State state = state()) {
        state
            .serverConditions()
            .remember(team.endpoint().toString(), GatedSandbox.BUCKET, Set.of());
        left.ours.forEach((id, key) -> begun(state, archivePlace(), key, id, then));
        begun(
            state,
            team.endpoint() + "|" + RealTeam.BUCKET + "|" + left.repo,
            left.shared,
            left.oursShared,
            then);
        state
            .classChanges()
            .began(
                archivePlace(),
                left.key("b12-kept", ".tar.gz"),
                left.ourChange,
                "DEEP_ARCHIVE",
                then);
      }
    }

    private void begun(State state, String place, String key, String id, Instant then) {
      ContentHash content = new ContentHash(9, new Md5("d41d8cd98f00b204e9800998ecf8427e"), 0);
      Path file = team.repository("david").resolve(id);
      try {
        state
            .uploads()
            .begin(new JournalledUpload(place, key, id, file, 9, then, content, 9, then));
      } catch (IOException e) {
        throw new AssertionError(key, e);
      }
    }

    private Path words() {
      return team.repository("david").resolve("b10-gone/words.txt");
    }

    private String archivePlace() {
      return team.endpoint() + "|" + GatedSandbox.BUCKET + "|" + left.prefix;
    }

    private State state() throws IOException {
      return State.open(team.repository("david").resolve(".vat"), InstantSource.system());
    }

    private List<RequestGate.Request> uncut() throws IOException {
      sandbox.gate().watch(() -> true);
      finish();
      return sandbox.gate().requests();
    }

    /// @param whole what a run asks that nobody kills
    /// @return whether it was killed before its end
    private boolean isCutAndGoesOn(List<RequestGate.Request> whole) throws Exception {
      SplittableRandom random = new SplittableRandom(seed);
      KilledProgram program = new KilledProgram(sandbox.gate(), home.resolve("output.txt"));
      KilledProgram.Start clean = to -> team.start("david", to, "cloud", "clean", "--yes");
      boolean cut =
          random.nextInt(3) == 0
              ? program.killed(clean, random, 2 * whole.size())
              : program.killedAt(clean, removal(whole, random), 0);
      assertOnlyLeftoversWent();
      assertThat(journalled())
          .as("seed %d: what is open of ours is known", seed)
          .containsAll(uploads().stream().filter(left.ids()::contains).toList());
      finish();
      return cut;
    }

    /// The moment at which one of the requests arrives that remove something, or its answer leaves.
    private static int removal(List<RequestGate.Request> whole, SplittableRandom random) {
      List<Integer> removals =
          IntStream.range(0, whole.size())
              .filter(number -> whole.get(number).method().equals("DELETE"))
              .boxed()
              .toList();
      return 1 + 2 * removals.get(random.nextInt(removals.size())) + random.nextInt(2);
    }

    private void finish() throws IOException {
      CommandRun run = team.run("david", "cloud", "clean", "--yes");
      assertThat(run.exit()).as("seed %d\n%s%s", seed, run.out(), run.err()).isZero();
      assertOnlyLeftoversWent();
      assertThat(objects().keySet()).as("seed %d", seed).doesNotContainAnyElementsOf(left.unused());
      assertThat(uploads()).as("seed %d: uploads", seed).isEqualTo(left.others);
    }

    private void assertOnlyLeftoversWent() throws IOException {
      Map<String, ETag> stay = new TreeMap<>(before);
      stay.keySet().removeAll(left.unused());
      assertThat(objects()).as("seed %d", seed).containsAllEntriesOf(stay);
      assertThat(uploads()).as("seed %d", seed).containsAll(left.others);
      assertThat(words()).as("seed %d", seed).hasBinaryContent(Leftovers.words("b10-gone"));
    }

    private Map<String, ETag> objects() throws IOException {
      Map<String, ETag> objects = new TreeMap<>();
      sandbox.store().list(left.prefix, object -> objects.put(object.key(), object.etag()));
      return objects;
    }

    private Set<String> uploads() throws IOException {
      Set<String> ids = new TreeSet<>();
      sandbox.store().listUploads(left.prefix, upload -> ids.add(upload.uploadId()));
      collab.listUploads(left.repo + "/", upload -> ids.add(upload.uploadId()));
      return ids;
    }

    private Set<String> journalled() throws IOException {
      try (State state = state()) {
        Stream<String> changes =
            state.classChanges().open(archivePlace(), left.key("b12-kept", ".tar.gz")).stream()
                .map(ClassChangeJournal.Open::uploadId)
                .flatMap(id -> id.stream());
        return Stream.concat(
                state.uploads().everywhere().stream().map(JournalledUpload::uploadId), changes)
            .collect(Collectors.toCollection(TreeSet::new));
      }
    }
  }
}
