package dev.vat.sandbox;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// One request, in the words of S3. The key comes from the raw path, decoded here and nowhere
/// normalised: `a/../b` and `x//y` are keys like any other.
final class Call {
  private static final int KEY_BYTES = 1024;
  private static final int MAX_PAGE = 1000;

  /// Parameters that make another operation of a request.
  private static final List<String> SELECTORS =
      List.of(
          "uploads",
          "uploadId",
          "list-type",
          "delete",
          "location",
          "versioning",
          "restore",
          "lifecycle",
          "tagging",
          "publicAccessBlock",
          "encryption",
          "policy");

  final String method;

  /// `/bucket/key`, decoded.
  final String path;

  final String bucket;
  final String key;

  /// When it came in the time of what is stored: whole seconds, as S3 keeps times.
  final Instant now;

  /// When it really came, in whole seconds: what signatures are judged by.
  final Instant sentAt;

  /// The query, decoded.
  final List<Map.Entry<String, String>> params = new ArrayList<>();

  private final Request request;

  Call(Request request, Instant now, Instant real) {
    this.request = request;
    this.now = now;
    this.sentAt = real.truncatedTo(ChronoUnit.SECONDS);
    this.method = request.getMethod();
    this.path = UriText.decodePath(request.getHttpURI().getPath());
    int slash = path.indexOf('/', 1);
    this.bucket = slash < 0 ? path.substring(1) : path.substring(1, slash);
    this.key = slash < 0 ? "" : path.substring(slash + 1);
    String query = request.getHttpURI().getQuery();
    for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
      int equals = (pair + "=").indexOf('=');
      String value = pair.substring(Math.min(equals + 1, pair.length()));
      params.add(Map.entry(UriText.decode(pair.substring(0, equals)), UriText.decode(value)));
    }
    ErrorCode.KEY_TOO_LONG.when(key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES);
  }

  /// What is asked for: method, level, and the parameters that make another operation of it, such
  /// as `PUT object uploadId copy`.
  String operation() {
    String level = bucket.isEmpty() ? "service" : key.isEmpty() ? "bucket" : "object";
    return method
        + " "
        + level
        + SELECTORS.stream().filter(this::has).map(" "::concat).collect(Collectors.joining())
        + (header("x-amz-copy-source").isEmpty() ? "" : " copy");
  }

  boolean has(String param) {
    return params.stream().anyMatch(p -> p.getKey().equals(param));
  }

  /// The value of a parameter; empty when it is absent.
  String param(String name) {
    return params.stream()
        .filter(p -> p.getKey().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /// @param otherwise when the parameter is absent
  int number(String param, int otherwise) {
    String text = param(param);
    ErrorCode.INVALID_ARGUMENT.when(
        !text.matches("\\d{0,9}"), "Provided " + param + " is not an integer in range");
    return text.isEmpty() ? otherwise : Integer.parseInt(text);
  }

  /// How many entries of a list are wanted, and given, at most.
  int pageSize(String param) {
    return Math.min(MAX_PAGE, number(param, MAX_PAGE));
  }

  /// A key or prefix as an answer writes it, in the encoding that was asked for.
  String written(String text) {
    return param("encoding-type").equals("url") ? UriText.encodePath(text) : text;
  }

  /// The value of a header, several of a name joined by commas; empty when it is absent.
  String header(String name) {
    return String.join(",", request.getHeaders().getValuesList(name)).strip();
  }

  /// All header names, in lower case.
  Set<String> headerNames() {
    return request.getHeaders().getFieldNamesCollection().stream()
        .map(n -> n.toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The announced length of the body as it comes over the wire; -1 when not said.
  long wireLength() {
    return request.getLength();
  }

  /// The body as it comes over the wire.
  InputStream wire() {
    return Content.Source.asInputStream(request);
  }
}
