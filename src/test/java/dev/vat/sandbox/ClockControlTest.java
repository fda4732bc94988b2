package dev.vat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The call that moves the clock, as any program of this computer can send it.
final class ClockControlTest {
  private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

  @TempDir private Path dir;
  private final Wire.MovableClock clock = new Wire.MovableClock();

  private SandboxServer start() throws IOException {
    return SandboxServer.start(SandboxOptions.in(dir, clock).withBuckets("videos"));
  }

  /// Sends a request word by word: status line, headers and body of the answer.
  private static String ask(SandboxServer server, String request, String... headers)
      throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.endpoint().getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      String head =
          request
              + " HTTP/1.1\r\nConnection: close\r\n"
              + String.join("\r\n", headers)
              + "\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void the_clock_is_told_and_moved_ahead_and_stays_so() throws Exception {
    try (SandboxServer server = start()) {
      assertThat(server.clockAddress()).isEqualTo(server.endpoint().resolve("/-/clock"));
      assertThat(ask(server, "GET /-/clock", "Host: 127.0.0.1"))
          .startsWith("HTTP/1.1 200")
          .endsWith("{\"now\":\"2026-03-04T05:06:07Z\",\"ahead\":\"PT0S\"}\n");
      assertThat(ask(server, "POST /-/clock?forward=P180DT1H", "Host: localhost:1"))
          .endsWith("{\"now\":\"2026-08-31T06:06:07Z\",\"ahead\":\"PT4321H\"}\n");
      clock.move(Duration.ofSeconds(5));
      assertThat(server.now()).isEqualTo("2026-08-31T06:06:12Z");
      Wire wire = Wire.of(server, clock);
      wire.put("/videos/k", "x");
      assertThat(Wire.text(wire.send("GET", "/videos", "list-type=2", Map.of(), new byte[0])))
          .contains("<LastModified>2026-08-31T06:06:12Z</LastModified>");
    }
    try (SandboxServer server = start()) {
      assertThat(server.ahead()).isEqualTo(Duration.ofHours(4321));
    }
  }

  @Test
  void what_is_no_way_ahead_is_refused_and_moves_nothing() throws Exception {
    try (SandboxServer server = start()) {
      for (String wrong :
          new String[] {"", "?forward=", "?forward=180", "?forward=-P1D", "?forward=P80000D"}) {
        assertThat(ask(server, "POST /-/clock" + wrong, "Host: 127.0.0.1"))
            .startsWith("HTTP/1.1 400")
            .contains("such as P180D");
      }
      assertThat(ask(server, "PUT /-/clock", "Host: 127.0.0.1")).startsWith("HTTP/1.1 405");
      assertThat(server.now()).isEqualTo(START);
      assertThatThrownBy(() -> server.forward(Duration.ofDays(-1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void web_pages_are_kept_out() throws Exception {
    try (SandboxServer server = start()) {
      String move = "POST /-/clock?forward=P1D";
      assertThat(ask(server, move, "Host: 127.0.0.1", "Origin: https://evil.example"))
          .startsWith("HTTP/1.1 403");
      assertThat(ask(server, move, "Host: evil.example:80")).startsWith("HTTP/1.1 403");
      assertThat(server.now()).isEqualTo(START);
    }
  }

  @Test
  void a_file_of_the_clock_that_is_none_is_told() throws Exception {
    Files.writeString(Files.createDirectories(dir).resolve("clock"), "noon");
    assertThatThrownBy(this::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds no duration");
  }
}
