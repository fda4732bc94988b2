package dev.vat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `vat watch` as a process of its own, on real folders and a real server.
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill -INT")
final class WatchProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();
  private SandboxServer server;
  private int port;

  @BeforeEach
  void serve() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server = startServer();
  }

  private SandboxServer startServer() throws IOException {
    return SandboxServer.start(
        SandboxOptions.in(folder.resolve("s3"), InstantSource.system())
            .withPort(port)
            .withBuckets("films"));
  }

  @AfterEach
  void stop() throws Exception {
    for (Process process : started) {
      process.destroyForcibly();
      process.waitFor(30, TimeUnit.SECONDS);
    }
    server.close();
  }

  private Path repository(String who) throws IOException {
    Path repository = Files.createDirectories(folder.toRealPath().resolve(who + "/v-appydave"));
    Files.writeString(repository.resolve(".video-tools.env"), "");
    return repository;
  }

  private Process start(String who, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.vat.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(repository(who).toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(said(who).toFile()))
            .redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME",
                folder.resolve("home").toString(),
                "AWS_ENDPOINT_URL_S3",
                "http://127.0.0.1:" + port,
                "AWS_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                SandboxOptions.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                SandboxOptions.SECRET_KEY,
                "S3_COLLAB_BUCKET",
                "films",
                "S3_REPO_NAME",
                "v-appydave",
                "S3_SYNC_USER",
                who));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private Path said(String who) {
    return folder.resolve(who + ".log");
  }

  private String saidBy(String who) throws IOException {
    return Files.exists(said(who)) ? Files.readString(said(who)) : "";
  }

  private long times(String who, String what) throws IOException {
    return saidBy(who).lines().filter(line -> line.contains(what)).count();
  }

  private void until(String what, Callable<Boolean> holds) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.call()) {
      assertThat(System.nanoTime())
          .as("%s%nDavid:%n%s%nJan:%n%s", what, saidBy("david"), saidBy("jan"))
          .isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void untilSaid(String who, String what) throws Exception {
    until(what, () -> times(who, what) > 0);
  }

  private void run(String who, String... arguments) throws Exception {
    Process process = start(who, arguments);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(saidBy(who)).isZero();
  }

  private static Path write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static int interrupt(Process process) throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void two_people_work_through_it_a_whole_day() throws Exception {
    Path david = repository("david");
    Path jan = repository("jan");
    Process watch = start("david", "watch", "--settle", "2s", "--poll", "5s", "--pull");
    untilSaid("david", "Watching v-appydave");

    // A recording that grows, in a project that did not exist.
    byte[] content = new byte[8 * 1024 * 1024];
    new Random(7).nextBytes(content);
    Path draft = david.resolve("b63-flivideo/s3-staging/takes/draft.bin");
    Files.createDirectories(draft.getParent());
    try (OutputStream growing = Files.newOutputStream(draft)) {
      for (int from = 0; from < content.length; from += 1024 * 1024) {
        growing.write(content, from, 1024 * 1024);
        growing.flush();
        TimeUnit.MILLISECONDS.sleep(700);
      }
      assertThat(times("david", "uploaded")).isZero();
    }
    untilSaid("david", "takes/draft.bin");
    for (int number = 0; number < 50; number++) {
      write(david.resolve("b64-new/s3-staging/clip-" + number + ".txt"), "clip " + number);
    }
    until("50 clips", () -> times("david", "uploaded") == 51);

    run("jan", "down", "b63");
    assertThat(jan.resolve("b63-flivideo/s3-staging/takes/draft.bin")).hasBinaryContent(content);
    write(jan.resolve("b63-flivideo/s3-staging/jan.txt"), "Jan's cut");
    run("jan", "up", "b63");
    untilSaid("david", "jan added jan.txt (9 B) to b63-flivideo");
    untilSaid("david", "b63-flivideo/jan.txt (9 B) - downloaded");
    assertThat(david.resolve("b63-flivideo/s3-staging/jan.txt")).hasContent("Jan's cut");

    server.close();
    write(david.resolve("b63-flivideo/s3-staging/second.txt"), "second");
    untilSaid("david", "tried again until it works");
    server = startServer();
    untilSaid("david", "S3 can be reached again.");
    untilSaid("david", "b63-flivideo/second.txt (6 B) - uploaded");

    assertThat(times("david", "uploaded")).isEqualTo(52);
    assertThat(times("david", "tried again until it works")).isEqualTo(1);
    assertThat(interrupt(watch)).as(saidBy("david")).isZero();
    assertThat(saidBy("david")).endsWith("Stopped.\n");
    nothingHalfIsLeft(david);
    run("david", "up", "b63");
    run("david", "up", "b64");
  }

  private static void nothingHalfIsLeft(Path repository) throws IOException {
    try (Stream<Path> all = Files.walk(repository)) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(".vat-part"));
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(".vat-tmp"));
      for (Path file : files) {
        if (file.toString().endsWith(".holder")) {
          assertThat(file).content(UTF_8).isEmpty();
        }
      }
    }
  }

  @Test
  void a_transfer_that_ctrl_c_cuts_ends_with_130_and_the_next_watch_carries_on() throws Exception {
    Path david = repository("david");
    byte[] content = new byte[24 * 1024 * 1024];
    new Random(8).nextBytes(content);
    Path film = david.resolve("b63-flivideo/s3-staging/film.bin");
    Files.createDirectories(film.getParent());
    Files.write(film, content);
    Process slow =
        start("david", "watch", "b63", "--settle", "1s", "--poll", "5s", "--limit-rate", "1M");
    untilSaid("david", "film.bin: ");

    assertThat(interrupt(slow)).as(saidBy("david")).isEqualTo(130);
    assertThat(saidBy("david")).contains("Stopped in the middle of a transfer.");
    assertThat(times("david", "uploaded")).isZero();

    Process watch = start("david", "watch", "--settle", "1s", "--poll", "5s");
    untilSaid("david", "film.bin (25.1 MB) - uploaded");
    assertThat(interrupt(watch)).isZero();
    run("jan", "down", "b63");
    assertThat(repository("jan").resolve("b63-flivideo/s3-staging/film.bin"))
        .hasBinaryContent(content);
  }

  @Test
  void for_programs_it_says_one_json_object_a_line() throws Exception {
    Path david = repository("david");
    write(david.resolve("b63-flivideo/s3-staging/draft.txt"), "first");
    Process watch = start("david", "watch", "--settle", "1s", "--json");
    untilSaid("david", "\"event\":\"uploaded\"");
    assertThat(interrupt(watch)).isZero();

    Schema published =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(Path.of("docs/formats/watch.schema.json")), InputFormat.JSON);
    List<String> lines = saidBy("david").lines().filter(line -> !line.equals("Stopped.")).toList();
    assertThat(lines).hasSize(2).first().asString().contains("\"event\":\"watching\"");
    assertThat(lines).allMatch(line -> published.validate(line, InputFormat.JSON).isEmpty());
  }
}
