package dev.vat.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An S3 client down at the wire, with a signer of its own: what the server must understand, word
/// by word. Written from "Signature Calculations for the Authorization Header" of the API
/// reference.
final class Wire {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final HttpClient http;
  private final URI endpoint;
  private final InstantSource clock;
  private final String accessKey;
  private final String secret;

  Wire(URI endpoint, InstantSource clock, String accessKey, String secret) {
    this(
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
        endpoint,
        clock,
        accessKey,
        secret);
  }

  private Wire(
      HttpClient http, URI endpoint, InstantSource clock, String accessKey, String secret) {
    this.http = http;
    this.endpoint = endpoint;
    this.clock = clock;
    this.accessKey = accessKey;
    this.secret = secret;
  }

  static Wire of(SandboxServer server, InstantSource clock) {
    return new Wire(server.endpoint(), clock, SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY);
  }

  /// With a clock that stands: the parts of one signature are of one second.
  private Wire atOneMoment() {
    return new Wire(http, endpoint, InstantSource.fixed(clock.instant()), accessKey, secret);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String sha256(String text) {
    return hex(digest("SHA-256", text.getBytes(StandardCharsets.UTF_8)));
  }

  static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /// The raw path of a key: everything encoded but the slashes.
  static String path(String bucket, String key) {
    return "/" + bucket + "/" + encode(key).replace("%2F", "/");
  }

  String time() {
    return TIME.format(clock.instant());
  }

  String scope() {
    return time().substring(0, 8) + "/eu-west-1/s3/aws4_request";
  }

  byte[] signingKey() {
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String step : scope().split("/")) {
      key = hmac(key, step);
    }
    return key;
  }

  /// A request's signature.
  String sign(
      String method, String path, String canonicalQuery, Map<String, String> headers, String hash) {
    String lines =
        headers.entrySet().stream()
            .map(e -> e.getKey() + ":" + e.getValue() + "\n")
            .collect(Collectors.joining());
    String names = String.join(";", headers.keySet());
    String canonical = String.join("\n", method, path, canonicalQuery, lines, names, hash);
    String toSign = String.join("\n", "AWS4-HMAC-SHA256", time(), scope(), sha256(canonical));
    return hex(hmac(signingKey(), toSign));
  }

  /// The headers of a signed request, `authorization` among them.
  Map<String, String> signed(
      String method, String path, String query, Map<String, String> more, String hash) {
    TreeMap<String, String> headers = new TreeMap<>(more);
    headers.put("host", endpoint.getAuthority());
    headers.put("x-amz-date", time());
    headers.put("x-amz-content-sha256", hash);
    String names = String.join(";", headers.keySet());
    String signature = sign(method, path, query, headers, hash);
    headers.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential="
            + accessKey
            + "/"
            + scope()
            + ", SignedHeaders="
            + names
            + ", Signature="
            + signature);
    return headers;
  }

  /// Sends what it is given.
  HttpResponse<byte[]> raw(
      String method, String pathAndQuery, Map<String, String> headers, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint + pathAndQuery))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(
        (n, v) -> {
          if (!n.equals("host")) {
            request.header(n, v);
          }
        });
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /// A signed request.
  ///
  /// @param query in canonical form: encoded and sorted
  HttpResponse<byte[]> send(
      String method, String path, String query, Map<String, String> headers, byte[] body)
      throws IOException, InterruptedException {
    String hash = hex(digest("SHA-256", body));
    return raw(
        method,
        path + (query.isEmpty() ? "" : "?" + query),
        atOneMoment().signed(method, path, query, headers, hash),
        body);
  }

  HttpResponse<byte[]> send(String method, String path) throws IOException, InterruptedException {
    return send(method, path, "", Map.of(), new byte[0]);
  }

  HttpResponse<byte[]> put(String path, String body) throws IOException, InterruptedException {
    return send("PUT", path, "", Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  /// A presigned link's path and query.
  String presign(String method, String path, int seconds, String moreQuery) {
    TreeMap<String, String> params = new TreeMap<>();
    params.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    params.put("X-Amz-Credential", accessKey + "/" + scope());
    params.put("X-Amz-Date", time());
    params.put("X-Amz-Expires", Integer.toString(seconds));
    params.put("X-Amz-SignedHeaders", "host");
    String query =
        params.entrySet().stream()
                .map(e -> e.getKey() + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"))
            + moreQuery;
    String signature =
        sign(method, path, query, Map.of("host", endpoint.getAuthority()), "UNSIGNED-PAYLOAD");
    return path + "?" + query + "&X-Amz-Signature=" + signature;
  }

  /// The chunk signatures that follow a request's signature.
  String chunkSignature(String kind, String previous, String hashes) {
    return hex(hmac(signingKey(), String.join("\n", kind, time(), scope(), previous, hashes)));
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /// The error code of an answer.
  static String code(HttpResponse<byte[]> response) {
    String text = text(response);
    int from = text.indexOf("<Code>");
    return from < 0 ? "none" : text.substring(from + 6, text.indexOf("</Code>"));
  }

  /// The instant of the API's own examples, moved by hand.
  static final class MovableClock implements InstantSource {
    private Instant now = Instant.parse("2026-03-04T05:06:07Z");

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  static Instant asInstant(String httpDate) {
    return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate));
  }
}
