package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StorageClass;
import dev.vat.sandbox.SandboxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
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
  private static final String KEY = "appydave/b50-b99/b63-flivideo.tar.gz";

  @TempDir Path folder;
  private Path repository;
  private Path ssd;
  private SandboxServer server;
  private ArchivingComputer computer;

  @BeforeEach
  void prepare() throws IOException {
    Path home = folder.toRealPath();
    server = ArchivingComputer.serve(home.resolve("s3"));
    ssd = Files.createDirectories(home.resolve("T7"));
    computer =
        ArchivingComputer.of(
            "david", home.resolve("david"), server, "SSD_BASE=" + ssd + "\nSSD_SAME_DISK_OK=1\n");
    repository = computer.repository();
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
    return computer.run(expected, new PretendDrives(new RealTeam.Cloud(), ssd), words);
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
    try (ObjectStore store = RealTeam.store(server.endpoint(), ArchivingComputer.BUCKET)) {
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
