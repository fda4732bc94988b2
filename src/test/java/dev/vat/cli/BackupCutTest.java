package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.archive.ArchiveReader;
import dev.vat.archive.RangeSource;
import dev.vat.archive.ReadLimits;
import dev.vat.archive.TocEntry;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.UploadedPart;
import dev.vat.project.RelativeName;
import dev.vat.state.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat backup --delete-local`, the real program killed (-9) at random moments: as a request
/// arrives at S3 or as its answer leaves, or a little later in the middle of whatever it does then.
final class BackupCutTest {
  private static final String ID = "b40-old";
  private static final String KEY = "archive/b00-b49/b40-old.tar.gz";

  /// A whole run without a cut has about so many: a request and its answer are two.
  private static final int MOMENTS = 44;

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
  void killed_at_any_moment_nothing_is_lost_or_half_visible_and_the_next_run_goes_on()
      throws Exception {
    TortureSeeds.each(
        seed -> {
          try (Scene scene = new Scene(seed)) {
            return scene.isCutAndGoesOn();
          }
        });
  }

  /// One project on one drive, and a prefix of its own.
  private static final class Scene implements AutoCloseable {
    private final int seed;
    private final SplittableRandom random;
    private final RealTeam team;
    private final Path ssd;
    private final String key;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final ObjectStore bucket = sandbox.store();

    private Scene(int seed) throws IOException {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.team =
          new RealTeam(home.resolve("mac-" + seed), sandbox.gate().endpoint(), "v-voz-" + seed);
      this.ssd = Files.createDirectories(home.resolve("T7-" + seed));
      this.key = "seed-" + seed + "/" + KEY;
      team.join("david");
      Files.writeString(
          team.repository("david").resolve(".video-tools.env"),
          """
          S3_ARCHIVE_BUCKET=%s
          S3_ARCHIVE_PREFIX=seed-%d/archive
          SSD_BASE=%s
          SSD_SAME_DISK_OK=1
          """
              .formatted(GatedSandbox.BUCKET, seed, ssd),
          StandardOpenOption.APPEND);
      try (State state =
          State.open(team.repository("david").resolve(".vat"), InstantSource.system())) {
        state
            .serverConditions()
            .remember(team.endpoint().toString(), GatedSandbox.BUCKET, Set.of());
      }
      write("recordings/film.mov", 18_000_000);
      for (int i = 0; i < 4; i++) {
        write("data/take-" + i + ".txt", random.nextInt(3_000));
      }
    }

    private void write(String name, int bytes) throws IOException {
      byte[] content = new byte[bytes];
      random.nextBytes(content);
      Path file = folder().resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      files.put(name, content);
    }

    private Path folder() {
      return ssd.resolve("b00-b49").resolve(ID);
    }

    /// @return whether it was killed before its end
    private boolean isCutAndGoesOn() throws Exception {
      boolean cut =
          new KilledProgram(sandbox.gate(), home.resolve("output.txt"))
              .killed(team, "david", random, MOMENTS, "backup", ID, "--delete-local");
      assertNothingIsLost();
      Set<Integer> there = parts();
      CommandRun run = team.run("david", "backup", ID, "--delete-local");
      assertThat(run.exit()).as("seed %d\n%s%s", seed, run.out(), run.err()).isZero();
      assertThat(
              sandbox.gate().requests().stream()
                  .filter(RequestGate.Request::sendsPart)
                  .map(RequestGate.Request::partNumber))
          .as("seed %d: parts that were there: %s", seed, there)
          .noneMatch(there::contains);
      assertThat(archived()).as("seed %d", seed).isNotEmpty();
      files.forEach(
          (name, content) ->
              assertThat(isArchived(name, content)).as("seed %d: %s", seed, name).isTrue());
      assertThat(bucket.head(key.replace(".tar.gz", ".toc.json"))).as("seed %d", seed).isPresent();
      assertThat(bucket.head(key.replace(".tar.gz", ".light.tar.gz")))
          .as("seed %d", seed)
          .isPresent();
      assertThat(open()).as("seed %d", seed).isEmpty();
      assertThat(folder()).as("seed %d", seed).doesNotExist();
      assertThat(ssd.resolve("b00-b49/.vat-releasing")).as("seed %d", seed).doesNotExist();
      assertThat(ssd.resolve("b00-b49/.vat-kept")).as("seed %d", seed).doesNotExist();
      return cut;
    }

    /// Each file is on the drive, be it aside, or in an archive that can be seen; and such an
    /// archive is whole.
    private void assertNothingIsLost() throws IOException {
      boolean visible = archived().isPresent();
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        boolean there = visible && isArchived(file.getKey(), file.getValue());
        if (visible) {
          assertThat(there).as("seed %d: what is visible has %s", seed, file.getKey()).isTrue();
        }
        boolean here =
            Stream.of(folder(), ssd.resolve("b00-b49/.vat-releasing").resolve(ID))
                .anyMatch(place -> isWhole(place.resolve(file.getKey()), file.getValue()));
        assertThat(there || here).as("seed %d: %s is somewhere", seed, file.getKey()).isTrue();
      }
    }

    private static boolean isWhole(Path file, byte[] content) {
      try {
        return Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content);
      } catch (IOException unreadable) {
        return false;
      }
    }

    private Optional<ObjectSummary> archived() throws IOException {
      return bucket.head(key).map(ObjectFacts::summary);
    }

    private boolean isArchived(String name, byte[] content) {
      try {
        ArchiveReader reader =
            ArchiveReader.open(new Ranges(bucket, archived().orElseThrow()), ReadLimits.usual());
        TocEntry.File file = reader.find(RelativeName.of(ID + "/" + name)).orElseThrow();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        reader.read(file, out);
        return Arrays.equals(out.toByteArray(), content);
      } catch (IOException fault) {
        throw new AssertionError("seed " + seed + ": " + name, fault);
      }
    }

    private List<OpenUpload> open() throws IOException {
      List<OpenUpload> open = new ArrayList<>();
      bucket.listUploads("seed-" + seed + "/", open::add);
      return open;
    }

    private Set<Integer> parts() throws IOException {
      Set<Integer> numbers = new TreeSet<>();
      for (OpenUpload upload : open()) {
        bucket.listParts(upload.key(), upload.uploadId()).stream()
            .map(UploadedPart::number)
            .forEach(numbers::add);
      }
      return numbers;
    }

    @Override
    public void close() throws IOException {
      for (Path place : List.of(ssd, team.home())) {
        try (Stream<Path> all = Files.walk(place)) {
          for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
            Files.delete(path);
          }
        }
      }
    }
  }

  private record Ranges(ObjectStore store, ObjectSummary object) implements RangeSource {
    @Override
    public long size() {
      return object.sizeBytes();
    }

    @Override
    public InputStream read(long offset, long length) throws IOException {
      return store.read(object.key(), object.etag(), offset, length);
    }
  }
}
