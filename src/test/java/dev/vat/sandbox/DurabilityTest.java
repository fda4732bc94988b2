package dev.vat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept over restarts and crashes, who wins a race, and how a connection goes on.
final class DurabilityTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir private Path dir;
  private final Wire.MovableClock clock = new Wire.MovableClock();

  private SandboxServer start() throws IOException {
    return SandboxServer.start(SandboxOptions.in(dir, clock).withBuckets("videos"));
  }

  @Test
  void objects_and_uploads_survive_a_restart_and_half_written_files_do_not() throws Exception {
    String upload;
    try (SandboxServer server = start()) {
      Wire wire = Wire.of(server, clock);
      wire.send(
          "PUT",
          "/videos/a/b",
          "",
          Map.of("x-amz-meta-by", "jan"),
          "kept".getBytes(StandardCharsets.UTF_8));
      wire.put("/videos/a", "also kept");
      String begun = Wire.text(wire.send("POST", "/videos/big", "uploads=", Map.of(), NOTHING));
      upload = begun.replaceAll("(?s).*<UploadId>|</UploadId>.*", "");
      wire.send("PUT", "/videos/big", "partNumber=1&uploadId=" + upload, Map.of(), new byte[9]);
    }
    Path stray = Files.writeString(dir.resolve("data/of-a-killed-put"), "half");
    Path orphan =
        Files.writeString(
            dir.resolve("facts", Wire.sha256("?gone/00001")),
            "name=?gone/00001\nid=gone\npart.1=of-a-killed-put 4 m c 2026-01-01T00:00:00Z\n");
    try (SandboxServer server = start()) {
      assertThat(stray).doesNotExist();
      assertThat(orphan).doesNotExist();
      Wire wire = Wire.of(server, clock);
      HttpResponse<byte[]> kept = wire.send("GET", "/videos/a/b");
      assertThat(Wire.text(kept)).isEqualTo("kept");
      assertThat(kept.headers().firstValue("x-amz-meta-by")).hasValue("jan");
      assertThat(Wire.text(wire.send("GET", "/videos/a"))).isEqualTo("also kept");
      assertThat(
              Wire.text(wire.send("GET", "/videos/big", "uploadId=" + upload, Map.of(), NOTHING)))
          .contains("<Size>9</Size>");
    }
  }

  /// The AWS CLI sees no code otherwise.
  @Test
  void a_refusal_is_a_document_in_no_name_space() throws Exception {
    try (SandboxServer server = start()) {
      assertThat(Wire.text(Wire.of(server, clock).send("GET", "/videos/none")))
          .contains("\n<Error><Code>NoSuchKey</Code>");
    }
  }

  @Test
  void a_folder_in_use_is_refused_and_free_again_after_closing() throws Exception {
    try (SandboxServer server = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use");
    }
    start().close();
  }

  @Test
  void of_many_creating_at_once_exactly_one_wins() throws Exception {
    try (SandboxServer server = start();
        ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      Wire wire = Wire.of(server, clock);
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        byte[] body = ("by " + i).getBytes(StandardCharsets.UTF_8);
        answers.add(
            many.submit(
                () ->
                    wire.send("PUT", "/videos/k", "", Map.of("if-none-match", "*"), body)
                        .statusCode()));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> answer : answers) {
        statuses.add(answer.get());
      }
      assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
      assertThat(wire.send("GET", "/videos/k").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void an_object_being_read_stays_whole_when_it_is_replaced_and_its_files_go_afterwards()
      throws Exception {
    try (Store store = Store.open(dir)) {
      store.put(Stored.bucket("videos", clock.instant(), ""), Condition.onMatch(""));
      Stored old = stored(store, "old");
      store.put(old, Condition.onMatch(""));
      assertThat(store.hold("/videos/key")).isSameAs(old);
      store.put(stored(store, "new"), Condition.onMatch(""));
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      store.send(old, 1, 2, read);
      assertThat(read).hasToString("ld");
      store.release(old);
      assertThat(store.data(old.parts().getFirst())).doesNotExist();
      assertThat(store.hold("/videos/key")).isNotSameAs(old);
    }
  }

  private Stored stored(Store store, String text) throws IOException {
    Part part =
        store.receive(
            1,
            clock.instant(),
            Checksum.CRC32,
            content -> content.write(text.getBytes(StandardCharsets.UTF_8)));
    return Stored.object("/videos/key", Map.of(), Checksum.CRC32, part);
  }

  @Test
  void a_refusal_leaves_the_connection_usable_and_an_expecting_client_is_told_at_once()
      throws Exception {
    try (SandboxServer server = start();
        Socket socket = new Socket("127.0.0.1", server.endpoint().getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      String head = "PUT /videos/k HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n";
      for (int i = 0; i < 2; i++) {
        out.write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[100_000]);
        assertThat(answer(socket.getInputStream())).startsWith("HTTP/1.1 403").contains("<Code>");
      }
      out.write((head + "Expect: 100-continue\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(answer(socket.getInputStream())).startsWith("HTTP/1.1 403");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static String answer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    int length =
        Integer.parseInt(head.toString().replaceAll("(?is).*content-length: *(\\d+).*", "$1"));
    return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Test
  void an_expecting_client_with_a_good_signature_is_told_to_go_on() throws Exception {
    try (SandboxServer server = start();
        Socket socket = new Socket("127.0.0.1", server.endpoint().getPort())) {
      socket.setSoTimeout(10_000);
      Wire wire = Wire.of(server, clock);
      StringBuilder head = new StringBuilder("PUT /videos/k HTTP/1.1\r\n");
      wire.signed("PUT", "/videos/k", "", Map.of(), Wire.sha256("hello"))
          .forEach((n, v) -> head.append(n).append(": ").append(v).append("\r\n"));
      head.append("Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      OutputStream out = socket.getOutputStream();
      out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
      byte[] goOn = socket.getInputStream().readNBytes(25);
      assertThat(new String(goOn, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 100 Continue");
      out.write("hello".getBytes(StandardCharsets.US_ASCII));
      assertThat(answer(socket.getInputStream())).startsWith("HTTP/1.1 200");
    }
  }
}
