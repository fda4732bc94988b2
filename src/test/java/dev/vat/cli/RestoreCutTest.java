package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.archive.ArchiveItem;
import dev.vat.archive.ArchiveWriter;
import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.disk.ChildJvm;
import dev.vat.project.RelativeName;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat restore`, killed (-9) at random moments: from S3 the real program, as a request arrives or
/// as its answer leaves, or a little later; from a drive at any time.
final class RestoreCutTest {
  private static final String ID = "b40-old";
  private static final String VAULT = "vault";
  private static final Instant TAKEN = Instant.parse("2025-01-02T03:04:05Z");
  private static final Pattern FETCHED = Pattern.compile("\"fetched_bytes\" : ([0-9]+)");

  /// What is read of an archive beside its files: more than its table of contents.
  private static final long BESIDES = 500_000;

  private static final int MOST_ATTEMPTS = 8;

  @TempDir static Path home;
  private static final Map<String, byte[]> FILES =
      RandomProject.files(40, "recordings/film.mov", 6_000_000, 6);
  private static SandboxServer server;
  private static RequestGate gate;

  @BeforeAll
  static void store() throws Exception {
    server =
        SandboxServer.start(
            SandboxOptions.in(home.resolve("s3"), InstantSource.system()).withBuckets(VAULT));
    gate = RequestGate.before(server.endpoint());
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    List<ArchiveItem> items =
        FILES.entrySet().stream()
            .map(
                file ->
                    (ArchiveItem)
                        new ArchiveItem.File(
                            RelativeName.of(ID + "/" + file.getKey()),
                            file.getValue().length,
                            TAKEN))
            .toList();
    new ArchiveWriter(2)
        .write(
            items,
            file ->
                new ByteArrayInputStream(FILES.get(file.name().value().substring(ID.length() + 1))),
            archive);
    try (ObjectStore bucket = RealTeam.store(server.endpoint(), VAULT)) {
      bucket.put(
          "archive/b00-b49/b40-old.tar.gz",
          Body.of(archive.toByteArray()),
          new ObjectAttributes("application/gzip", Map.of("repo", "v-voz", "project-id", ID)),
          Guard.absent());
    }
  }

  @AfterAll
  static void stop() throws Exception {
    gate.close();
    server.close();
  }

  @Test
  void from_s3_killed_at_any_moment_nothing_half_is_visible_and_no_file_comes_twice()
      throws Exception {
    FromCloud whole = new FromCloud(0);
    int moments =
        new KilledProgram(gate, home.resolve("output.txt")).momentsOf(() -> whole.finish(0));
    TortureSeeds.each(seed -> new FromCloud(seed).isCutAndGoesOn(moments));
  }

  @Test
  void from_a_drive_killed_at_any_moment_nothing_half_is_visible_and_the_next_run_ends_it()
      throws Exception {
    Path drive = Files.createDirectories(home.resolve("T7"));
    Path first = repository("first", "SSD_BASE=" + drive + "\nSSD_SAME_DISK_OK=1\n");
    put(first.resolve(ID), name -> true);
    CommandRun archived = RestoringProcess.run(first, drive, "archive", ID);
    assertThat(archived.exit()).as(archived.out() + archived.err()).isZero();
    long nanos = new FromDrive(drive, "uncut", 0).uncut();
    TortureSeeds.each(seed -> isCut(drive, seed, nanos));
  }

  /// However long a run takes, as in [ArchiveCutTest]: a process that ended by itself says that the
  /// waits were too long.
  private static boolean isCut(Path drive, int seed, long nanos) throws Exception {
    long longest = nanos;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      FromDrive scene = new FromDrive(drive, seed + "-" + attempt, seed + 1_000_003L * attempt);
      if (scene.isCutAndGoesOn(longest)) {
        return true;
      }
      longest = Math.max(1, Math.min(longest / 2, scene.waited));
    }
    return false;
  }

  private static Path repository(String name, String settings) throws IOException {
    Path repository = Files.createDirectories(home.resolve("mac-" + name + "/david/v-voz"));
    Files.writeString(
        repository.resolve(".video-tools.env"),
        settings,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return repository;
  }

  private interface Which {
    boolean is(String name);
  }

  private static void put(Path folder, Which which) throws IOException {
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      if (which.is(file.getKey())) {
        Path place = folder.resolve(file.getKey());
        Files.createDirectories(place.getParent());
        Files.write(place, file.getValue());
      }
    }
  }

  /// A repository with some of the project's light files in `archived/`.
  private abstract static class Scene {
    final String seed;
    final SplittableRandom random;
    final Path repository;

    private Scene(String seed, long number, Path repository) throws IOException {
      this.seed = seed;
      this.random = new SplittableRandom(number);
      this.repository = repository;
      put(archived(), name -> name.endsWith(".txt") && random.nextBoolean());
    }

    private Path archived() {
      return repository.resolve("archived/b00-b49").resolve(ID);
    }

    private Path project() {
      return repository.resolve(ID);
    }

    /// What can be seen is whole; and every light file that was here is here.
    ///
    /// @param light those that were in `archived/`
    final void assertNothingIsLostOrHalf(List<String> light) throws IOException {
      if (Files.exists(project(), LinkOption.NOFOLLOW_LINKS)) {
        FILES.forEach(
            (name, content) ->
                assertThat(isWhole(project().resolve(name), content))
                    .as("seed %s: %s of the project that can be seen", seed, name)
                    .isTrue());
      }
      for (String name : light) {
        assertThat(
                Stream.of(project(), archived())
                    .anyMatch(place -> isWhole(place.resolve(name), FILES.get(name))))
            .as("seed %s: %s is in archived/ or in the project", seed, name)
            .isTrue();
      }
    }

    final List<String> light() {
      return FILES.keySet().stream()
          .filter(name -> Files.exists(archived().resolve(name)))
          .toList();
    }

    final void assertIsHome() throws IOException {
      FILES.forEach(
          (name, content) ->
              assertThat(isWhole(project().resolve(name), content))
                  .as("seed %s: %s", seed, name)
                  .isTrue());
      assertThat(archived()).as("seed %s", seed).doesNotExist();
      try (Stream<Path> all = Files.walk(repository)) {
        assertThat(all.map(path -> path.getFileName().toString()))
            .as("seed %s", seed)
            .noneMatch(name -> name.startsWith(".vat-tmp-") || name.startsWith(".vat-part"));
      }
    }

    final void remove() throws IOException {
      try (Stream<Path> all = Files.walk(repository)) {
        for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static boolean isWhole(Path file, byte[] content) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Arrays.equals(Files.readAllBytes(file), content);
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static final class FromCloud extends Scene {
    private final RealTeam team;

    private FromCloud(int seed) throws IOException {
      super(
          String.valueOf(seed),
          seed,
          repository("s3-" + seed, "S3_ARCHIVE_BUCKET=" + VAULT + "\nS3_ARCHIVE_PREFIX=archive\n"));
      this.team = new RealTeam(home.resolve("mac-s3-" + seed), gate.endpoint(), "v-voz");
      String settings = Files.readString(repository.resolve(".video-tools.env"));
      team.join("david");
      Files.writeString(
          repository.resolve(".video-tools.env"), settings, StandardOpenOption.APPEND);
    }

    private boolean isCutAndGoesOn(int moments) throws Exception {
      List<String> light = light();
      boolean cut =
          new KilledProgram(gate, home.resolve("output.txt"))
              .killed(team, "david", random, moments, "restore", ID);
      assertNothingIsLostOrHalf(light);
      finish(finishedBytes());
      remove();
      return cut;
    }

    /// Of files that lie complete in the hidden folder, or are home.
    private long finishedBytes() throws IOException {
      long bytes = 0;
      try (Stream<Path> all = Files.list(repository)) {
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

    /// @param finished bytes of files that must not be downloaded again
    private void finish(long finished) throws IOException {
      CommandRun run = team.run("david", "restore", ID, "--json");
      assertThat(run.exit()).as("seed %s\n%s%s", seed, run.out(), run.err()).isZero();
      assertIsHome();
      Matcher fetched = FETCHED.matcher(run.out());
      assertThat(fetched.find()).as("seed %s: %s", seed, run.out()).isTrue();
      long all = FILES.values().stream().mapToLong(content -> content.length).sum();
      assertThat(Long.parseLong(fetched.group(1)))
          .as("seed %s: downloaded, when %d bytes were there", seed, finished)
          .isLessThan(all - finished + BESIDES);
    }
  }

  private static final class FromDrive extends Scene {
    private final Path drive;

    /// How long the last process was waited for before it was killed, in nanoseconds.
    private long waited;

    private FromDrive(Path drive, String name, long number) throws IOException {
      super(
          name, number, repository("ssd-" + name, "SSD_BASE=" + drive + "\nSSD_SAME_DISK_OK=1\n"));
      this.drive = drive;
    }

    private Process start() throws IOException {
      return ChildJvm.start(RestoringProcess.class, repository.toString(), drive.toString(), ID);
    }

    private long uncut() throws Exception {
      long nanos = new BegunProcess(start()).uncut();
      assertIsHome();
      return nanos;
    }

    private boolean isCutAndGoesOn(long nanos) throws Exception {
      List<String> light = light();
      waited = random.nextLong(nanos);
      boolean cut = new BegunProcess(start()).killedAfter(waited);
      assertNothingIsLostOrHalf(light);
      CommandRun run = RestoringProcess.run(repository, drive, "restore", ID);
      assertThat(run.exit()).as("seed %s\n%s%s", seed, run.out(), run.err()).isZero();
      assertIsHome();
      FILES.forEach(
          (name, content) ->
              assertThat(isWhole(drive.resolve("b00-b49").resolve(ID).resolve(name), content))
                  .as("seed %s: %s on the drive", seed, name)
                  .isTrue());
      remove();
      return cut;
    }
  }
}
