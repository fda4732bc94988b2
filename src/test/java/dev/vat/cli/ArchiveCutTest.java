package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.disk.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat archive`, killed (-9) at random moments.
final class ArchiveCutTest {
  private static final String PROJECT = "b63-flivideo";

  private static final int MOST_ATTEMPTS = 8;

  @TempDir Path home;

  @Test
  void killed_at_any_moment_nothing_is_lost_no_half_copy_is_seen_and_the_next_run_goes_on()
      throws Exception {
    long nanos = new Scene(0, 0).uncut();
    TortureSeeds.each(seed -> isCut(seed, nanos));
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

  /// One project, one drive.
  private final class Scene {
    private final int seed;
    private final SplittableRandom random;
    private final Path repository;
    private final Path drive;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /// How long the last process was waited for before it was killed, in nanoseconds.
    private long waited;

    private Scene(int seed, int attempt) throws IOException {
      this.seed = seed;
      this.random = new SplittableRandom(seed + 1_000_003L * attempt);
      String name = seed + "-" + attempt;
      this.repository = Files.createDirectories(home.resolve("mac-" + name + "/v-voz"));
      this.drive = Files.createDirectories(home.resolve("T7-" + name));
      Files.writeString(
          repository.resolve(".video-tools.env"), "SSD_BASE=" + drive + "\nSSD_SAME_DISK_OK=1\n");
      for (int i = 0; i < 6; i++) {
        write("recordings/day " + i % 2 + "/take-" + i + ".mov", 200_000 + random.nextInt(900_000));
        write("data/transcript-" + i + ".txt", random.nextInt(2_000));
      }
    }

    private void write(String name, int bytes) throws IOException {
      byte[] content = new byte[bytes];
      random.nextBytes(content);
      Path file = repository.resolve(PROJECT).resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      files.put(name, content);
    }

    private Process start() throws IOException {
      return ChildJvm.start(
          ArchivingProcess.class, repository.toString(), drive.toString(), PROJECT);
    }

    private long uncut() throws Exception {
      long nanos = new BegunProcess(start()).uncut();
      assertArchived();
      return nanos;
    }

    /// @return whether it was killed before its end
    private boolean cut(long nanos) throws Exception {
      boolean killed = false;
      // Some are killed once more while they go on; then they are left alone.
      int kills = 1 + random.nextInt(2);
      for (int i = 0; i < kills; i++) {
        waited = random.nextLong(nanos);
        killed |= new BegunProcess(start()).killedAfter(waited);
        assertNothingIsLost();
      }
      Process last = start();
      String output = new String(last.getInputStream().readAllBytes());
      assertThat(last.waitFor()).as("seed %d: %s", seed, output).isZero();
      assertArchived();
      return killed;
    }

    private Path copy() {
      return drive.resolve("b50-b99").resolve(PROJECT);
    }

    private void assertNothingIsLost() throws IOException {
      boolean visible = Files.exists(copy());
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        List<Path> here =
            List.of(
                repository.resolve(PROJECT),
                repository.resolve(".vat-releasing").resolve(PROJECT),
                repository.resolve("archived/b50-b99").resolve(PROJECT));
        boolean isHere = here.stream().anyMatch(folder -> isWhole(folder, file));
        assertThat(isHere || isWhole(copy(), file))
            .as("seed %d: %s is somewhere", seed, file.getKey())
            .isTrue();
        if (visible) {
          assertThat(isWhole(copy(), file))
              .as("seed %d: the copy that can be seen has a whole %s", seed, file.getKey())
              .isTrue();
        }
      }
    }

    private void assertArchived() throws IOException {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        assertThat(isWhole(copy(), file)).as("seed %d: %s", seed, file.getKey()).isTrue();
        if (file.getKey().endsWith(".txt")) {
          assertThat(isWhole(repository.resolve("archived/b50-b99").resolve(PROJECT), file))
              .as("seed %d: %s", seed, file.getKey())
              .isTrue();
        }
      }
      assertThat(repository.resolve(PROJECT)).as("seed %d", seed).doesNotExist();
      assertThat(repository.resolve(".vat-releasing")).as("seed %d", seed).doesNotExist();
      assertThat(repository.resolve(".vat-kept")).as("seed %d", seed).doesNotExist();
      // Beside the copy: what is left of a cut writing of the drive's id file is junk of some
      // bytes.
      try (Stream<Path> all = Files.walk(copy().getParent())) {
        assertThat(all.filter(path -> path.getFileName().toString().startsWith(".vat-tmp")))
            .as("seed %d", seed)
            .isEmpty();
      }
    }

    private static boolean isWhole(Path folder, Map.Entry<String, byte[]> file) {
      try {
        Path path = folder.resolve(file.getKey());
        return Files.isRegularFile(path)
            && Arrays.equals(Files.readAllBytes(path), file.getValue());
      } catch (IOException unreadable) {
        return false;
      }
    }
  }
}
