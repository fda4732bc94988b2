package dev.vat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server in a process of its own, killed (-9) while it takes puts and completes uploads.
final class KillTest {
  private static final int ROUNDS = 5;
  private static final int PART_BYTES = 5 * 1024 * 1024;
  private static final byte[] NOTHING = new byte[0];

  @TempDir private Path dir;

  /// What the process runs: it ends with whoever started it.
  static final class Serving {
    public static void main(String[] args) throws IOException {
      SandboxOptions options = SandboxOptions.in(Path.of(args[0]), InstantSource.system());
      try (SandboxServer server = SandboxServer.start(options.withBuckets("videos"))) {
        System.out.println(server.endpoint());
        while (System.in.read() >= 0) {
          // Nothing is said; the end of the input is what counts.
        }
      }
    }
  }

  private record Server(Process process, Wire wire) {
    static Server start(Path dir) throws IOException {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      ProcessBuilder builder =
          new ProcessBuilder(
              java,
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              Serving.class.getName(),
              dir.toString());
      Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      BufferedReader out = process.inputReader();
      URI endpoint = URI.create(out.readLine());
      return new Server(
          process,
          new Wire(
              endpoint,
              InstantSource.system(),
              SandboxOptions.ACCESS_KEY,
              SandboxOptions.SECRET_KEY));
    }

    void kill() {
      process.destroyForcibly();
    }
  }

  /// What was acknowledged: the round in which each key got its present content.
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

  private final AtomicInteger completions = new AtomicInteger();

  @Test
  void what_was_acknowledged_survives_and_nothing_half_is_listed() throws Exception {
    Random random = new Random(20260304);
    for (int round = 0; round < ROUNDS; round++) {
      Server server = Server.start(dir);
      try {
        check(server.wire, round - 1);
        workUntilKilled(server, round, 20 + random.nextInt(60));
      } finally {
        server.kill();
      }
      assertThat(server.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    Server last = Server.start(dir);
    try {
      check(last.wire, ROUNDS - 1);
    } finally {
      last.kill();
    }
    assertThat(last.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(completions).hasPositiveValue();
    assertThat(acknowledged).hasSizeGreaterThan(20);
    nothingIsLeftOver();
  }

  /// Puts of new keys, puts over the keys of earlier rounds, and uploads in two parts, all at once;
  /// the server is killed when `enough` were acknowledged, and the others are cut.
  private void workUntilKilled(Server server, int round, int enough) throws Exception {
    AtomicInteger done = new AtomicInteger();
    List<Callable<Void>> work = new ArrayList<>();
    for (int worker = 0; worker < 4; worker++) {
      String name = "put-" + worker + "-";
      work.add(
          () -> repeat(server, done, enough, round, i -> put(server.wire, name + i % 40, round)));
    }
    for (int worker = 0; worker < 2; worker++) {
      String name = "parts-" + worker + "-";
      work.add(
          () -> repeat(server, done, enough, round, i -> inParts(server.wire, name + i, round)));
    }
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> ended : workers.invokeAll(work)) {
        ended.get();
      }
    }
  }

  private interface Step {
    String run(int number) throws IOException, InterruptedException;
  }

  private Void repeat(Server server, AtomicInteger done, int enough, int round, Step step)
      throws InterruptedException {
    try {
      for (int i = 0; ; i++) {
        acknowledged.put(step.run(i), round);
        if (done.incrementAndGet() == enough) {
          server.kill();
        }
      }
    } catch (IOException cut) {
      assertThat(done.get()).as("acknowledged before the kill").isGreaterThanOrEqualTo(enough);
      return null;
    }
  }

  private static byte[] content(String key, int round) {
    byte[] bytes = new byte[key.startsWith("parts") ? PART_BYTES + 1000 : 30_000];
    new Random(key.hashCode() * 31L + round).nextBytes(bytes);
    return bytes;
  }

  private static String put(Wire wire, String key, int round)
      throws IOException, InterruptedException {
    ok(wire.send("PUT", "/videos/" + key, "", Map.of(), content(key, round)));
    return key;
  }

  private String inParts(Wire wire, String key, int round)
      throws IOException, InterruptedException {
    String path = "/videos/" + key;
    String begun = ok(wire.send("POST", path, "uploads=", Map.of(), NOTHING));
    String id = begun.replaceAll("(?s).*<UploadId>|</UploadId>.*", "");
    byte[] bytes = content(key, round);
    StringBuilder list = new StringBuilder("<CompleteMultipartUpload>");
    for (int number = 1; number <= 2; number++) {
      int from = (number - 1) * PART_BYTES;
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PART_BYTES));
      ok(wire.send("PUT", path, "partNumber=" + number + "&uploadId=" + id, Map.of(), part));
      list.append("<Part><PartNumber>").append(number).append("</PartNumber><ETag>");
      list.append(Wire.hex(Wire.digest("MD5", part))).append("</ETag></Part>");
    }
    byte[] body = list.append("</CompleteMultipartUpload>").toString().getBytes();
    ok(wire.send("POST", path, "uploadId=" + id, Map.of(), body));
    completions.incrementAndGet();
    return key;
  }

  private static String ok(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).as(Wire.text(answer)).isEqualTo(200);
    return Wire.text(answer);
  }

  /// Every acknowledged object is there, and everything that is listed is whole: of the
  /// acknowledged round or of one after it, whose answer was cut.
  private void check(Wire wire, int lastRound) throws IOException, InterruptedException {
    Map<String, String> listed = new TreeMap<>();
    String xml = ok(wire.send("GET", "/videos", "list-type=2", Map.of(), NOTHING));
    for (String entry : xml.split("<Contents>")) {
      if (entry.startsWith("<Key>")) {
        listed.put(
            entry.substring(5, entry.indexOf("</Key>")),
            entry.replaceAll("(?s).*<Size>|</Size>.*", ""));
      }
    }
    assertThat(xml).contains("<IsTruncated>false</IsTruncated>");
    assertThat(listed.keySet()).containsAll(acknowledged.keySet());
    for (Map.Entry<String, String> entry : listed.entrySet()) {
      String key = entry.getKey();
      HttpResponse<byte[]> answer = wire.send("GET", "/videos/" + key);
      ok(answer);
      int round = acknowledged.getOrDefault(key, 0);
      while (round < lastRound && !Arrays.equals(answer.body(), content(key, round))) {
        round++;
      }
      assertThat(answer.body()).as(key).isEqualTo(content(key, round));
      assertThat(entry.getValue()).isEqualTo(Integer.toString(answer.body().length));
      acknowledged.put(key, round);
    }
  }

  private void nothingIsLeftOver() throws IOException {
    try (Store store = Store.open(dir);
        Stream<Path> files = Files.list(dir.resolve("data"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              store.under("").flatMap(s -> s.parts().stream()).map(Part::file).toList());
    }
  }
}
