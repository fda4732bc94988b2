package dev.vat.sandbox;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// One request, in the words of S3. The bucket and the key come from the raw path, decoded here and
/// nowhere normalised: `a/../b` and `x//y` are keys like any other.
final class Call {
  /// One parameter of the query, decoded.
  record Param(String name, String value) {}

  private static final int KEY_BYTES = 1024;

  final String method;
  final String path;
  final String bucket;
  final String key;
  final List<Param> params;
  private final Request request;

  Call(Request request) {
    this.request = request;
    this.method = request.getMethod();
    String raw = Optional.ofNullable(request.getHttpURI().getPath()).orElse("/");
    int slash = raw.indexOf('/', 1);
    this.path = UriText.decode(raw, false);
    this.bucket = UriText.decode(slash < 0 ? raw.substring(1) : raw.substring(1, slash), false);
    this.key = slash < 0 ? "" : UriText.decode(raw.substring(slash + 1), false);
    this.params = parse(Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""));
    if (key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES) {
      throw ErrorCode.KEY_TOO_LONG.error();
    }
  }

  private static List<Param> parse(String query) {
    List<Param> found = new ArrayList<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!pair.isEmpty()) {
        found.add(new Param(UriText.decode(name, true), UriText.decode(value, true)));
      }
    }
    return List.copyOf(found);
  }

  boolean has(String param) {
    return param(param).isPresent();
  }

  Optional<String> param(String name) {
    return params.stream().filter(p -> p.name.equals(name)).map(Param::value).findFirst();
  }

  /// @param fallback when the parameter is absent
  /// @throws S3Error when it is no number from 0 to 2^31 - 1
  int number(String param, int fallback) {
    String text = param(param).filter(t -> !t.isEmpty()).orElse(null);
    if (text == null) {
      return fallback;
    }
    if (!text.matches("\\d{1,9}")) {
      throw ErrorCode.INVALID_ARGUMENT.error(
          "Provided " + param + " not an integer or within integer range");
    }
    return Integer.parseInt(text);
  }

  /// The value of a header; several of the same name are joined by commas.
  Optional<String> header(String name) {
    List<HttpField> fields = request.getHeaders().getFields(name);
    return fields.isEmpty()
        ? Optional.empty()
        : Optional.of(fields.stream().map(Call::value).collect(Collectors.joining(",")));
  }

  private static String value(HttpField field) {
    return field.getValue() == null ? "" : field.getValue();
  }

  /// All header names, in lower case, each once.
  List<String> headerNames() {
    return request.getHeaders().getFieldNamesCollection().stream()
        .map(n -> n.toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
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
