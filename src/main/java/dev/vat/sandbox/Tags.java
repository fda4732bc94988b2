package dev.vat.sandbox;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The tags of an object.
///
/// Source: Amazon S3 User Guide, "Categorizing your objects using tags"; API Reference,
/// PutObjectTagging, PutObject (`x-amz-tagging`), CopyObject (`x-amz-tagging-directive`).
record Tags(Map<String, String> pairs) {
  /// Where an object or an upload keeps them, encoded as in a query.
  static final String FACT = "tags";

  private static final String HEADER = "x-amz-tagging";
  private static final int MOST = 10;
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");

  Tags {
    ErrorCode.BAD_REQUEST.when(pairs.size() > MOST, "Object tags cannot be greater than 10");
    pairs.forEach(
        (key, value) ->
            ErrorCode.INVALID_TAG.when(
                !KEY.matcher(key).matches() || !VALUE.matcher(value).matches()));
    pairs = Map.copyOf(pairs);
  }

  /// Those that a write sends in its header.
  static Tags sentWith(Call call) {
    return ofText(call.header(HEADER));
  }

  /// Those of a copy.
  static Tags ofCopy(Call call, Stored source) {
    return switch (call.header("x-amz-tagging-directive")) {
      case "", "COPY" -> of(source);
      case "REPLACE" -> sentWith(call);
      default -> throw ErrorCode.INVALID_ARGUMENT.error("Unknown tagging directive.");
    };
  }

  static Tags of(Stored stored) {
    return ofText(stored.fact(FACT));
  }

  private static Tags ofText(String text) {
    Map<String, String> pairs = new TreeMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
      int equals = (pair + "=").indexOf('=');
      String value = pair.substring(Math.min(equals + 1, pair.length()));
      put(pairs, UriText.decode(pair.substring(0, equals)), UriText.decode(value));
    }
    return new Tags(pairs);
  }

  /// @param elements named `Tag`
  static Tags ofXml(List<Xml.Element> elements) {
    Map<String, String> pairs = new TreeMap<>();
    elements.forEach(e -> put(pairs, e.value("Key"), e.value("Value")));
    return new Tags(pairs);
  }

  private static void put(Map<String, String> pairs, String key, String value) {
    ErrorCode.INVALID_TAG.when(
        pairs.put(key, value) != null, "Cannot provide multiple Tags with the same key");
  }

  /// The facts with these tags in place of theirs.
  Map<String, String> in(Map<String, String> facts) {
    Map<String, String> all = new TreeMap<>(facts);
    all.remove(FACT);
    if (!pairs.isEmpty()) {
      all.put(FACT, text());
    }
    return all;
  }

  private String text() {
    return new TreeMap<>(pairs)
        .entrySet().stream()
            .map(e -> UriText.encode(e.getKey()) + "=" + UriText.encode(e.getValue()))
            .collect(Collectors.joining("&"));
  }

  boolean containsAll(Tags others) {
    return pairs.entrySet().containsAll(others.pairs.entrySet());
  }

  Xml xml() {
    Xml xml = new Xml("Tagging").open("TagSet");
    new TreeMap<>(pairs)
        .forEach((k, v) -> xml.open("Tag").text("Key", k).text("Value", v).close("Tag"));
    return xml.close("TagSet");
  }
}
