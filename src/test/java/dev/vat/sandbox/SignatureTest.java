package dev.vat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignatureTest {
  private static final byte[] NOTHING = new byte[0];
  private static final String EMPTY_SHA = Wire.sha256("");

  @TempDir private Path dir;
  private final Wire.MovableClock clock = new Wire.MovableClock();
  private SandboxServer server;
  private Wire wire;

  @BeforeEach
  void start() throws Exception {
    server = SandboxServer.start(SandboxOptions.in(dir, clock).withBuckets("videos"));
    wire = Wire.of(server, clock);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void a_signed_request_is_served_and_carries_the_servers_own_date() throws Exception {
    HttpResponse<byte[]> answer = wire.put("/videos/a.txt", "hello");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("etag"))
        .hasValue("\"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(Wire.asInstant(answer.headers().firstValue("date").orElseThrow()))
        .isEqualTo(clock.instant());
    assertThat(answer.headers().firstValue("server")).isEmpty();
    assertThat(Wire.text(wire.send("GET", "/videos/a.txt"))).isEqualTo("hello");
  }

  @Test
  void a_wrong_secret_an_unknown_key_and_nobody_at_all_are_refused() throws Exception {
    Wire wrong = new Wire(server.endpoint(), clock, "sandbox", "wrong");
    Wire unknown = new Wire(server.endpoint(), clock, "nobody", "sandbox-secret");
    refused(wrong.send("GET", "/videos/a"), 403, "SignatureDoesNotMatch");
    refused(unknown.send("GET", "/videos/a"), 403, "InvalidAccessKeyId");
    refused(wire.raw("GET", "/videos/a", Map.of(), NOTHING), 403, "AccessDenied");
    refused(
        wire.raw("GET", "/videos/a", Map.of("Authorization", "AWS sandbox:xyz"), NOTHING),
        400,
        "InvalidRequest");
  }

  @Test
  void a_clock_more_than_15_minutes_off_is_refused() throws Exception {
    Map<String, String> headers = wire.signed("HEAD", "/videos", "", Map.of(), EMPTY_SHA);
    clock.move(Duration.ofMinutes(15));
    assertThat(wire.raw("HEAD", "/videos", headers, NOTHING).statusCode()).isEqualTo(200);
    clock.move(Duration.ofSeconds(1));
    assertThat(wire.raw("HEAD", "/videos", headers, NOTHING).statusCode()).isEqualTo(403);
    headers = wire.signed("GET", "/videos/a", "", Map.of(), EMPTY_SHA);
    clock.move(Duration.ofMinutes(-16));
    refused(wire.raw("GET", "/videos/a", headers, NOTHING), 403, "RequestTimeTooSkewed");
  }

  @Test
  void changing_anything_that_is_signed_breaks_the_signature() throws Exception {
    Map<String, String> headers =
        wire.signed(
            "GET", "/videos", "list-type=2&prefix=a", Map.of("range", "bytes=0-1"), EMPTY_SHA);
    refused(
        wire.raw("GET", "/videos?list-type=2&prefix=b", headers, NOTHING),
        403,
        "SignatureDoesNotMatch");
    Map<String, String> other = new HashMap<>(headers);
    other.put("range", "bytes=0-2");
    refused(
        wire.raw("GET", "/videos?list-type=2&prefix=a", other, NOTHING),
        403,
        "SignatureDoesNotMatch");
    Map<String, String> more = new HashMap<>(headers);
    more.put("x-amz-meta-extra", "1");
    refused(wire.raw("GET", "/videos?list-type=2&prefix=a", more, NOTHING), 403, "AccessDenied");
    assertThat(wire.raw("GET", "/videos?list-type=2&prefix=a", headers, NOTHING).statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_body_other_than_the_signed_one_is_refused_and_leaves_nothing() throws Exception {
    Map<String, String> headers =
        wire.signed("PUT", "/videos/a", "", Map.of(), Wire.sha256("what was signed"));
    refused(
        wire.raw("PUT", "/videos/a", headers, "something else".getBytes(StandardCharsets.UTF_8)),
        400,
        "XAmzContentSHA256Mismatch");
    refused(wire.send("GET", "/videos/a"), 404, "NoSuchKey");
    assertThat(dir.resolve("data")).isEmptyDirectory();
  }

  @Test
  void a_presigned_link_works_until_it_expires_and_not_when_tampered_with() throws Exception {
    wire.put("/videos/a%20b.mp4", "film");
    String link =
        wire.presign("GET", "/videos/a%20b.mp4", 60, "&response-content-type=video%2Fmp4");
    HttpResponse<byte[]> answer = wire.raw("GET", link, Map.of(), NOTHING);
    assertThat(Wire.text(answer)).isEqualTo("film");
    assertThat(answer.headers().firstValue("content-type")).hasValue("video/mp4");
    refused(
        wire.raw("GET", link.replace("video", "audio"), Map.of(), NOTHING),
        403,
        "SignatureDoesNotMatch");
    refused(
        wire.raw("GET", link.replace("Expires=60", "Expires=600"), Map.of(), NOTHING),
        403,
        "SignatureDoesNotMatch");
    refused(
        wire.raw("GET", wire.presign("GET", "/videos/a", 604_801, ""), Map.of(), NOTHING),
        400,
        "AuthorizationQueryParametersError");
    clock.move(Duration.ofSeconds(61));
    refused(wire.raw("GET", link, Map.of(), NOTHING), 403, "AccessDenied");
  }

  @Test
  void a_presigned_put_takes_an_unsigned_body() throws Exception {
    String link = wire.presign("PUT", "/videos/sent.txt", 60, "");
    byte[] body = "from a browser".getBytes(StandardCharsets.UTF_8);
    assertThat(wire.raw("PUT", link, Map.of(), body).statusCode()).isEqualTo(200);
    assertThat(Wire.text(wire.send("GET", "/videos/sent.txt"))).isEqualTo("from a browser");
    assertThat(wire.raw("GET", link, Map.of(), NOTHING).statusCode()).isEqualTo(403);
  }

  @Test
  void signed_chunks_are_put_together_and_a_changed_one_is_refused() throws Exception {
    String data = "x".repeat(70_000);
    assertThat(chunked(data, data, false).statusCode()).isEqualTo(200);
    assertThat(Wire.text(wire.send("GET", "/videos/chunked"))).isEqualTo(data);
    refused(chunked(data, data.replace("x", "y"), false), 403, "SignatureDoesNotMatch");
    assertThat(Wire.text(wire.send("GET", "/videos/chunked"))).isEqualTo(data);
  }

  @Test
  void signed_chunks_may_be_followed_by_a_signed_checksum() throws Exception {
    String data = "z".repeat(20_000);
    HttpResponse<byte[]> answer = chunked(data, data, true);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-amz-checksum-crc32")).hasValue(crc32(data));
    assertThat(answer.headers().firstValue("x-amz-checksum-type")).hasValue("FULL_OBJECT");
  }

  @Test
  void unsigned_chunks_are_held_against_their_trailing_checksum() throws Exception {
    String good = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:" + crc32("hello") + "\r\n\r\n";
    assertThat(unsignedChunks(good, 5).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> read = wire.send("GET", "/videos/c");
    assertThat(Wire.text(read)).isEqualTo("hello");
    assertThat(read.headers().firstValue("content-encoding")).isEmpty();
    refused(unsignedChunks(good.replace("hello", "hallo"), 5), 400, "BadDigest");
    refused(unsignedChunks(good, 6), 400, "IncompleteBody");
    refused(unsignedChunks("5\r\nhello\r\n0\r\n\r\n", 5), 400, "InvalidRequest");
    refused(unsignedChunks("5\r\nhel", 5), 400, "IncompleteBody");
    refused(unsignedChunks("3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", 5), 403, "InvalidChunkSizeError");
  }

  private HttpResponse<byte[]> unsignedChunks(String body, int length) throws Exception {
    Map<String, String> more =
        Map.of(
            "x-amz-trailer", "x-amz-checksum-crc32",
            "content-encoding", "aws-chunked",
            "x-amz-decoded-content-length", Integer.toString(length));
    String hash = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    return wire.raw(
        "PUT",
        "/videos/c",
        wire.signed("PUT", "/videos/c", "", more, hash),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<byte[]> chunked(String signed, String sent, boolean trailer)
      throws Exception {
    Map<String, String> more = new HashMap<>();
    more.put("content-encoding", "aws-chunked");
    more.put("x-amz-decoded-content-length", Integer.toString(sent.length()));
    if (trailer) {
      more.put("x-amz-trailer", "x-amz-checksum-crc32");
    }
    String hash = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" + (trailer ? "-TRAILER" : "");
    Map<String, String> headers = wire.signed("PUT", "/videos/chunked", "", more, hash);
    String previous = headers.get("authorization").replaceAll(".*Signature=", "");
    StringBuilder body = new StringBuilder();
    int size = 16 * 1024;
    for (int at = 0; ; at += size) {
      int end = Math.min(sent.length(), at + size);
      String piece = at >= sent.length() ? "" : signed.substring(at, end);
      previous =
          wire.chunkSignature(
              "AWS4-HMAC-SHA256-PAYLOAD", previous, EMPTY_SHA + "\n" + Wire.sha256(piece));
      body.append(Integer.toHexString(piece.length()))
          .append(";chunk-signature=")
          .append(previous)
          .append("\r\n");
      if (piece.isEmpty()) {
        break;
      }
      body.append(sent, at, end).append("\r\n");
    }
    if (trailer) {
      String line = "x-amz-checksum-crc32:" + crc32(sent);
      body.append(line)
          .append("\r\nx-amz-trailer-signature:")
          .append(
              wire.chunkSignature("AWS4-HMAC-SHA256-TRAILER", previous, Wire.sha256(line + "\n")))
          .append("\r\n");
    }
    body.append("\r\n");
    return wire.raw(
        "PUT", "/videos/chunked", headers, body.toString().getBytes(StandardCharsets.UTF_8));
  }

  static String crc32(String text) {
    return crc32(text.getBytes(StandardCharsets.UTF_8));
  }

  static String crc32(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    byte[] bytes = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void refused(HttpResponse<byte[]> answer, int status, String code) {
    assertThat(Wire.code(answer)).as(Wire.text(answer)).isEqualTo(code);
    assertThat(answer.statusCode()).isEqualTo(status);
  }
}
