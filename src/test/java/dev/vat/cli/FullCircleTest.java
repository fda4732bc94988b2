package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StorageClass;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A project's years, with the real client, a real server, its life cycle rules and its clock: to
/// the SSD, to S3, off the SSD, by itself to Deep Archive, thawed, and home again as it was.
final class FullCircleTest {
  private static final String BUCKET = "vault";
  private static final String KEY = "appydave/b50-b99/b63-flivideo.tar.gz";

  @TempDir Path folder;
  private Path repository;
  private Path ssd;
  private SandboxServer server;

  @BeforeEach
  void prepare() throws IOException {
    Path home = folder.toRealPath();
    server =
        SandboxServer.start(
            SandboxOptions.in(home.resolve("s3"), InstantSource.system()).withBuckets(BUCKET));
    repository = Files.createDirectories(home.resolve("v-appydave"));
    ssd = Files.createDirectories(home.resolve("T7"));
    Files.writeString(
        repository.resolve(".video-tools.env"),
        """
        AWS_ENDPOINT_URL_S3=%s
        AWS_REGION=us-east-1
        AWS_ACCESS_KEY_ID=%s
        AWS_SECRET_ACCESS_KEY=%s
        S3_ARCHIVE_BUCKET=%s
        S3_ARCHIVE_PREFIX=appydave
        S3_REPO_NAME=v-appydave
        SSD_BASE=%s
        SSD_SAME_DISK_OK=1
        """
            .formatted(
                server.endpoint(),
                SandboxOptions.ACCESS_KEY,
                SandboxOptions.SECRET_KEY,
                BUCKET,
                ssd));
    byte[] footage = new byte[700_000];
    new Random(63).nextBytes(footage);
    write("recordings/take 1.mp4", footage);
    write("recordings/day two/Küche “final”.mov", new byte[300_000]);
    write("final/cut.mp4", new byte[0]);
    write("notes/one.txt", "shot by the door".getBytes(UTF_8));
    write("transcript.txt", "said\n".repeat(2_000).getBytes(UTF_8));
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = repository.resolve("b63-flivideo").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-16T09:15:00Z")));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /// With the drive taken for one of its own, at the server's time.
  private CommandRun vat(ExitCode expected, String... words) {
    PaperTerminal paper = new PaperTerminal(false, true, "");
    Surroundings surroundings =
        new Surroundings(
            repository,
            repository.resolveSibling("home"),
            "david",
            OperatingSystem.LINUX,
            Map.of(),
            paper,
            () -> InstantSource.system().instant().plus(server.ahead()),
            () -> ZoneOffset.UTC,
            whenStopped -> () -> {});
    int exit = Vat.run(surroundings, new PretendDrives(new RealTeam.Cloud(), ssd), words);
    CommandRun run = new CommandRun(exit, paper.written(), paper.writtenToErr());
    assertThat(run.exit())
        .as("%s%n%s%n%s", List.of(words), run.out(), run.err())
        .isEqualTo(expected.number());
    return run;
  }

  /// Without the checksum history, which travels along and does not count.
  private static Map<String, String> files(Path root) throws Exception {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (file.startsWith(root.resolve("ascmhl"))) {
          continue;
        }
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        digests.put(
            root.relativize(file) + " " + Files.getLastModifiedTime(file),
            HexFormat.of().formatHex(digest));
      }
    }
    return digests;
  }

  private StorageClass storageClass() throws IOException {
    try (ObjectStore store = RealTeam.store(server.endpoint(), BUCKET)) {
      return store.head(KEY).orElseThrow().summary().storageClass();
    }
  }

  @Test
  void a_project_comes_home_from_deep_archive_as_it_left() throws Exception {
    Path project = repository.resolve("b63-flivideo");
    Map<String, String> before = files(project);

    vat(ExitCode.DONE, "cloud", "setup", "--yes");
    vat(ExitCode.DONE, "archive", "b63");
    assertThat(project).doesNotExist();
    vat(ExitCode.DONE, "backup", "b63", "--delete-local");
    assertThat(ssd.resolve("b50-b99/b63-flivideo/recordings/take 1.mp4")).doesNotExist();

    server.forward(Duration.ofDays(182));
    assertThat(storageClass()).isEqualTo(StorageClass.DEEP_ARCHIVE);
    assertThat(vat(ExitCode.DONE, "manifest").out()).contains("Glacier:    1");

    vat(ExitCode.THAW, "restore", "b63");
    assertThat(project).doesNotExist();
    vat(ExitCode.THAW, "restore", "b63", "--glacier", "--tier", "bulk", "--yes");
    vat(ExitCode.THAW, "restore", "b63");
    server.forward(Duration.ofHours(49));
    vat(ExitCode.DONE, "restore", "--check-status");
    vat(ExitCode.DONE, "restore", "b63");

    assertThat(files(project)).isEqualTo(before);
    assertThat(repository.resolve("archived/b50-b99/b63-flivideo")).doesNotExist();
    vat(ExitCode.DONE, "restore", "b63");
    assertThat(files(project)).as("a second time").isEqualTo(before);
  }
}
