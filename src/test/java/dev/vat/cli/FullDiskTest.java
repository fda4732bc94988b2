package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// Disks that take no more.
final class FullDiskTest {
  private static final int FILM_BYTES = 50_000_000;
  private static final String DISK_SIZE = "180m";

  @TempDir Path home;

  @Test
  void where_the_notes_cannot_be_made_status_looks_without_them() throws Exception {
    SandboxOptions options =
        SandboxOptions.in(home.resolve("s3"), InstantSource.system()).withBuckets(RealTeam.BUCKET);
    try (SandboxServer server = SandboxServer.start(options)) {
      RealTeam team = new RealTeam(home, server.endpoint(), "v-appydave");
      team.join("david");
      team.saves("david", "film.mp4", new byte[] {1, 2, 3});
      // Nothing can be made below a file, as below a write-protected folder, also by root.
      Path notes = team.repository("david").resolve(".vat");
      try (Stream<Path> found = Files.walk(notes)) {
        for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
      Files.createFile(notes);

      CommandRun run = team.run("david", "status", RealTeam.PROJECT);

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out()).contains("film.mp4").contains("1 to upload");
      assertThat(run.err())
          .containsOnlyOnce("cannot be written")
          .contains("This time nothing is remembered");
    }
  }

  @Test
  void a_disk_that_gets_full_in_the_middle_keeps_what_came_and_says_what_to_do(
      TestReporter reporter) throws Exception {
    Path disk = mounted(reporter);
    SandboxOptions options =
        SandboxOptions.in(home.resolve("s3"), InstantSource.system()).withBuckets(RealTeam.BUCKET);
    try (SandboxServer server = SandboxServer.start(options);
        RequestGate gate = RequestGate.before(server.endpoint())) {
      byte[] film = new byte[FILM_BYTES];
      new SplittableRandom(4).nextBytes(film);
      RealTeam sender = new RealTeam(home.resolve("david"), server.endpoint(), "v-appydave");
      sender.join("david");
      sender.saves("david", "film.mp4", film);
      assertThat(sender.run("david", "up", RealTeam.PROJECT).exit()).isZero();
      RealTeam team = new RealTeam(disk, gate.endpoint(), "v-appydave");
      team.join("jan");
      Path other = disk.resolve("another program's file");
      AtomicBoolean filled = new AtomicBoolean();
      gate.watch(
          () -> {
            if (Files.isDirectory(team.repository("jan").resolve(".vat"))
                && gate.requests().stream().anyMatch(r -> r.isOf(team.prefix() + "film.mp4"))
                && filled.compareAndSet(false, true)) {
              fill(other);
            }
            return true;
          });

      CommandRun full = team.run("jan", "down", RealTeam.PROJECT);

      assertThat(full.exit()).as(full.out() + full.err()).isEqualTo(ExitCode.FAILED.number());
      assertThat(full.out() + full.err())
          .contains("is full: ")
          .contains("of film.mp4 are still to come. What came so far is kept. Free at least ")
          .contains("free space on that disk, then run the same command again to carry on");
      assertThat(team.run("jan", "status", RealTeam.PROJECT).exit()).isZero();

      Files.delete(other);
      CommandRun again = team.run("jan", "down", RealTeam.PROJECT);
      assertThat(again.exit()).as(again.out() + again.err()).isZero();
      assertThat(team.staging("jan").resolve("film.mp4")).hasBinaryContent(film);
    } finally {
      run("umount", disk.toString());
    }
  }

  private static void fill(Path file) {
    byte[] much = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(much);
      }
    } catch (IOException full) {
      // That is what was wanted; the disk says so to the next one too.
    }
  }

  private Path mounted(TestReporter reporter) throws IOException, InterruptedException {
    Path disk = Files.createDirectory(home.resolve("disk"));
    if (!"root".equals(System.getProperty("user.name"))
        || run("mount", "-t", "tmpfs", "-o", "size=" + DISK_SIZE, "tmpfs", disk.toString()) != 0) {
      String why = "NOT TESTED ON A FULL DISK: a small one can be mounted by root on Linux only";
      reporter.publishEntry(why);
      abort(why);
    }
    return disk;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
