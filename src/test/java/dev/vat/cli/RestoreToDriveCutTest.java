package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.ETag;
import dev.vat.cloud.OpenUpload;
import dev.vat.lifecycle.StoredArchives;
import dev.vat.mhl.MhlHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat restore --to ssd`, the real program killed (-9) at random moments: as a request arrives at
/// S3 or as its answer leaves, a little later, or as a name appears on the drive.
final class RestoreToDriveCutTest {
  private static final String ID = "b40-old";
  private static final String RANGE = "b00-b49";
  private static final String[] RESTORE = {"restore", ID, "--to", "ssd"};
  private static final Pattern FETCHED = Pattern.compile("\"fetched_bytes\" : ([0-9]+)");

  /// What is read of an archive beside its files: more than its table of contents.
  private static final long BESIDES = 500_000;

  /// What the drive and the archive have before.
  private enum Before {
    NO_COPY("plain", 1),
    NO_COPY_AND_A_HISTORY_IN_THE_ARCHIVE("recorded", 2),
    COPY_THAT_LACKS_FILES("plain", 2);

    private final String prefix;
    private final int generationsInTheEnd;

    Before(String prefix, int generationsInTheEnd) {
      this.prefix = prefix;
      this.generationsInTheEnd = generationsInTheEnd;
    }

    private boolean hasCopy() {
      return this == COPY_THAT_LACKS_FILES;
    }
  }

  @TempDir static Path home;
  private static final Map<String, byte[]> FILES =
      RandomProject.files(41, "recordings/film.mp4", 3_000_000, 4);
  private static GatedSandbox sandbox;
  private static Path incomplete;

  @BeforeAll
  static void store() throws Exception {
    sandbox = GatedSandbox.in(home.resolve("s3"));
    StoredArchives.put(
        sandbox.store(),
        Before.NO_COPY.prefix + "/",
        "v-voz",
        ID,
        FILES.entrySet().stream()
            .collect(Collectors.toMap(file -> ID + "/" + file.getKey(), Map.Entry::getValue)));
    incomplete = copyThatLacksFiles();
    storeWithHistory();
  }

  @AfterAll
  static void stop() throws Exception {
    sandbox.close();
  }

  /// Half of the files, and a history that knows no others.
  private static Path copyThatLacksFiles() throws Exception {
    Scene scene = new Scene("incomplete", 0, Before.NO_COPY);
    for (String name : List.of("recordings/day 0/take-0.mp4", "data/transcript-1.txt")) {
      Path file = scene.team.repository("david").resolve(ID).resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, FILES.get(name));
    }
    scene.succeed("drives", "add", scene.drive.toString());
    scene.succeed("copy", ID, "--to", scene.drive.getFileName().toString());
    return scene.copy();
  }

  private static void storeWithHistory() throws Exception {
    Scene scene = new Scene("recorded", 0, Before.NO_COPY);
    scene.succeed(RESTORE);
    scene.set("S3_ARCHIVE_PREFIX=" + Before.NO_COPY_AND_A_HISTORY_IN_THE_ARCHIVE.prefix);
    scene.succeed("backup", ID);
  }

  @Test
  void killed_at_any_moment_no_half_copy_is_seen_nothing_is_lost_and_the_next_run_ends_it()
      throws Exception {
    Map<Before, Integer> moments = new EnumMap<>(Before.class);
    for (Before before : Before.values()) {
      moments.put(before, new Scene("uncut-" + before, 0, before).uncut());
    }
    TortureSeeds.each(
        seed -> {
          Before before = Before.values()[seed % Before.values().length];
          return new Scene(String.valueOf(seed), seed, before).isCutAndGoesOn(moments.get(before));
        });
    List<OpenUpload> open = new ArrayList<>();
    sandbox.store().listUploads("", open::add);
    assertThat(open).isEmpty();
  }

  /// A repository with light files in `archived/`, and a drive with another project.
  private static final class Scene {
    private final String seed;
    private final SplittableRandom random;
    private final Before before;
    private final RealTeam team;
    private final Path drive;
    private final Map<String, byte[]> here;
    private final Map<String, byte[]> elsewhere;
    private final Map<String, ETag> stored;

    private Scene(String seed, int number, Before before) throws IOException {
      this.seed = seed;
      this.random = new SplittableRandom(number);
      this.before = before;
      this.team = new RealTeam(home.resolve("mac-" + seed), sandbox.gate().endpoint(), "v-voz");
      this.drive = Files.createDirectories(home.resolve("T7-" + seed));
      team.join("david");
      set(
          "S3_ARCHIVE_BUCKET=" + GatedSandbox.BUCKET,
          "S3_ARCHIVE_PREFIX=" + before.prefix,
          "SSD_BASE=" + drive,
          "SSD_SAME_DISK_OK=1");
      Path archived = team.repository("david").resolve("archived").resolve(RANGE).resolve(ID);
      Files.createDirectories(archived);
      Files.writeString(archived.resolve("words of their own.txt"), "nobody else has these");
      Path other = Files.createDirectories(drive.resolve(RANGE).resolve("b41-other/recordings"));
      Files.writeString(other.resolve("other.mp4"), "another project");
      if (before.hasCopy()) {
        DrivesAndBucket.contents(incomplete).forEach((name, content) -> put(name, content));
      }
      this.here = here();
      this.elsewhere = elsewhere();
      this.stored = stored();
    }

    private void put(String name, byte[] content) {
      try {
        Files.createDirectories(copy().resolve(name).getParent());
        Files.write(copy().resolve(name), content);
      } catch (IOException e) {
        throw new AssertionError(name, e);
      }
    }

    private void set(String... settings) throws IOException {
      Files.writeString(
          team.repository("david").resolve(".video-tools.env"),
          String.join("\n", settings) + "\n",
          StandardOpenOption.APPEND);
    }

    private Path copy() {
      return drive.resolve(RANGE).resolve(ID);
    }

    private CommandRun succeed(String... command) {
      CommandRun run = team.run("david", command);
      assertThat(run.exit()).as("seed %s\n%s%s", seed, run.out(), run.err()).isZero();
      return run;
    }

    /// @return how many moments a whole run has
    private int uncut() throws Exception {
      int moments =
          new KilledProgram(sandbox.gate(), home.resolve("output.txt"))
              .momentsOf(() -> succeed(RESTORE));
      assertIsCopy();
      return moments;
    }

    /// @return whether it was killed before its end
    private boolean isCutAndGoesOn(int moments) throws Exception {
      boolean cut =
          random.nextInt(3) == 0
              ? new KilledProgram(sandbox.gate(), home.resolve("output.txt"))
                  .killed(team, "david", random, moments, RESTORE)
              : killedByName();
      assertNothingIsLost();
      assertNothingHalfIsVisible();
      finish(finishedBytes());
      DrivesAndBucket.remove(team.home());
      DrivesAndBucket.remove(drive);
      return cut;
    }

    /// Kills it as soon as so many names have appeared on the drive, in the hidden folder or as all
    /// can see them: what it does there for long without a word to S3 is cut too.
    private boolean killedByName() throws Exception {
      boolean hidden = random.nextInt(3) == 0;
      int names = hidden || before.hasCopy() ? 1 + random.nextInt(FILES.size()) : 1;
      Set<Path> seen = new TreeSet<>();
      addNames(seen, hidden);
      int alreadyThere = seen.size();
      Process process = team.start("david", home.resolve("output.txt"), RESTORE);
      while (process.isAlive() && seen.size() < alreadyThere + names) {
        LockSupport.parkNanos(300_000);
        addNames(seen, hidden);
      }
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      sandbox.gate().watch(() -> true);
      // 128 + 9: SIGKILL.
      return process.exitValue() == 137;
    }

    private void addNames(Set<Path> names, boolean hidden) throws IOException {
      try (Stream<Path> all = Files.walk(drive.resolve(RANGE))) {
        all.filter(path -> path.toString().contains("/.vat-tmp-") == hidden).forEach(names::add);
      } catch (UncheckedIOException renamedMeanwhile) {
        // The next look sees it under its new name.
        assertThat(renamedMeanwhile).hasCauseInstanceOf(NoSuchFileException.class);
      }
    }

    private void finish(long finished) throws IOException {
      CommandRun run = succeed("restore", ID, "--to", "ssd", "--json");
      Matcher fetched = FETCHED.matcher(run.out());
      assertThat(fetched.find()).as("seed %s: %s", seed, run.out()).isTrue();
      assertThat(Long.parseLong(fetched.group(1)))
          .as("seed %s: downloaded, when %d bytes were there", seed, finished)
          .isLessThan(bytes(FILES) - finished + BESIDES);
      assertNothingIsLost();
      assertIsCopy();
    }

    private static long bytes(Map<String, byte[]> files) {
      return files.values().stream().mapToLong(content -> content.length).sum();
    }

    /// What is in the bucket, on this computer, and on the drive of other projects.
    private void assertNothingIsLost() throws IOException {
      assertThat(stored()).as("seed %s: in the bucket", seed).isEqualTo(stored);
      DrivesAndBucket.assertSame(here(), here);
      DrivesAndBucket.assertSame(elsewhere(), elsewhere);
      if (before.hasCopy()) {
        for (String name : DrivesAndBucket.contents(incomplete).keySet()) {
          assertThat(copy().resolve(name)).as("seed %s: of the copy that was there", seed).exists();
        }
      }
    }

    private void assertNothingHalfIsVisible() throws IOException {
      if (Files.notExists(copy())) {
        return;
      }
      for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
        Path place = copy().resolve(file.getKey());
        assertThat(isWhole(place, file.getValue()) || before.hasCopy() && Files.notExists(place))
            .as("seed %s: %s of the copy that can be seen", seed, file.getKey())
            .isTrue();
      }
      MhlHistory history = MhlHistory.read(copy());
      assertThat(history.problems()).as("seed %s", seed).isEmpty();
      if (!before.hasCopy()) {
        assertThat(history.files()).as("seed %s: recorded", seed).hasSameSizeAs(FILES);
      }
    }

    private void assertIsCopy() throws IOException {
      assertNothingHalfIsVisible();
      Map<String, byte[]> there = DrivesAndBucket.contents(copy());
      there.keySet().removeIf(name -> name.startsWith("ascmhl"));
      DrivesAndBucket.assertSame(there, FILES);
      int generations = MhlHistory.read(copy()).generations().size();
      // Files that joined a copy, in a run that was cut before it recorded them, are recorded by
      // the verification.
      assertThat(generations)
          .as("seed %s: generations", seed)
          .isBetween(
              before.generationsInTheEnd - (before.hasCopy() ? 1 : 0), before.generationsInTheEnd);
      succeed("verify", ID, "--place", "ssd");
      MhlHistory history = MhlHistory.read(copy());
      assertThat(history.problems()).as("seed %s", seed).isEmpty();
      assertThat(history.files()).as("seed %s: recorded", seed).hasSameSizeAs(FILES);
      // Beside the copy: what is left of a cut writing of the drive's id file is junk of some
      // bytes.
      try (Stream<Path> all = Files.walk(copy().getParent())) {
        assertThat(all.map(path -> path.getFileName().toString()))
            .as("seed %s", seed)
            .noneMatch(name -> name.startsWith(".vat-"));
      }
    }

    private static boolean isWhole(Path file, byte[] content) {
      try {
        return Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content);
      } catch (IOException unreadable) {
        return false;
      }
    }

    /// Of files that lie complete in the hidden folder, or have their names.
    private long finishedBytes() throws IOException {
      long bytes = 0;
      try (Stream<Path> all = Files.list(copy().getParent())) {
        for (Path place :
            all.filter(
                    path ->
                        path.endsWith(ID) || path.getFileName().toString().startsWith(".vat-tmp-"))
                .toList()) {
          for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
            bytes +=
                isWhole(place.resolve(file.getKey()), file.getValue()) ? file.getValue().length : 0;
          }
        }
      }
      return bytes;
    }

    /// Everything of people's on this computer.
    private Map<String, byte[]> here() throws IOException {
      Map<String, byte[]> contents = DrivesAndBucket.contents(team.repository("david"));
      contents.keySet().removeIf(name -> name.startsWith(".vat/") || name.equals("projects.json"));
      return contents;
    }

    private Map<String, byte[]> elsewhere() throws IOException {
      return DrivesAndBucket.contents(drive.resolve(RANGE).resolve("b41-other"));
    }

    private Map<String, ETag> stored() throws IOException {
      Map<String, ETag> stored = new TreeMap<>();
      sandbox.store().list("", object -> stored.put(object.key(), object.etag()));
      return stored;
    }
  }
}
