package dev.vat.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// Something that is stored: a bucket, an object, an upload or a part of one.
///
/// Facts: `modified` (whole seconds, as S3 has it) of everything; `region` of a bucket; `id`,
/// `algorithm`, `type` and `header.*` (what is given back as it came, and the storage class unless
/// it is STANDARD) of objects and uploads; `thaw.*` ([Thaw]) of a frozen object; `etag` (with
/// quotes) and `checksum` of an object; `path` of an upload, which is the name of the object to be.
///
/// @param name of a bucket `/bucket/`, of an object `/bucket/key`, of an upload `?id`, of a part
///     `?id/number`
/// @param parts the contents, in order; only objects and parts have any
/// @param holders how many need the contents: the index, and each reader
record Stored(String name, Map<String, String> facts, List<Part> parts, AtomicInteger holders) {
  static final String HEADER = "header.";
  static final String COMPOSITE = "COMPOSITE";
  static final String FULL_OBJECT = "FULL_OBJECT";
  static final String STORAGE_CLASS = "x-amz-storage-class";
  private static final String PART = "part.";

  Stored(String name, Map<String, String> facts, List<Part> parts) {
    this(name, Map.copyOf(facts), List.copyOf(parts), new AtomicInteger(1));
  }

  static Stored bucket(String name, Instant now, String region) {
    Map<String, String> facts = new TreeMap<>(BucketDocuments.ofNew());
    facts.putAll(Map.of("modified", now.toString(), "region", region));
    return new Stored("/" + name + "/", facts, List.of());
  }

  /// An object that came in one piece.
  ///
  /// @param headers their names with [#HEADER] before them
  static Stored object(String path, Map<String, String> headers, Checksum algorithm, Part part) {
    Map<String, String> facts = new TreeMap<>(headers);
    facts.putAll(Map.of("id", part.file(), "modified", part.modified().toString()));
    facts.putAll(Map.of("algorithm", algorithm.name(), "type", FULL_OBJECT));
    facts.putAll(Map.of("checksum", part.checksum(), "etag", part.etag()));
    return new Stored(path, facts, List.of(part));
  }

  /// The object that this upload becomes.
  Stored completed(String checksum, String etag, List<Part> chosen) {
    Map<String, String> all = new TreeMap<>(facts);
    all.putAll(Map.of("checksum", checksum, "etag", etag));
    return new Stored(all.remove("path"), all, chosen);
  }

  /// The text of a fact; empty when it has none.
  String fact(String fact) {
    return facts.getOrDefault(fact, "");
  }

  /// What is given back as it came, names with [#HEADER] before them.
  Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>(facts);
    headers.keySet().removeIf(n -> !n.startsWith(HEADER));
    return headers;
  }

  /// The bucket that it is in, or is; empty of an upload and a part.
  String bucket() {
    return name.startsWith("/") ? name.substring(1, name.indexOf('/', 1)) : "";
  }

  /// What comes after the bucket; empty of a bucket itself.
  String key() {
    return name.substring(name.indexOf('/', 1) + 1);
  }

  Instant modified() {
    return Instant.parse(fact("modified"));
  }

  long size() {
    return parts.stream().mapToLong(Part::size).sum();
  }

  Checksum algorithm() {
    return Checksum.valueOf(fact("algorithm"));
  }

  /// Whether the checksum is one over those of the parts, not one over the content.
  boolean composite() {
    return fact("type").equals(COMPOSITE);
  }

  StorageClass storageClass() {
    String kept = fact(HEADER + STORAGE_CLASS);
    return kept.isEmpty() ? StorageClass.STANDARD : StorageClass.valueOf(kept);
  }

  /// The same contents under other facts. They stay the same version: who holds the one holds the
  /// other.
  Stored withFacts(Map<String, String> other) {
    return new Stored(name, Map.copyOf(other), parts, holders);
  }

  /// Writes its text file.
  void writeTo(OutputStream out) throws IOException {
    Properties text = new Properties();
    text.putAll(facts);
    text.setProperty("name", name);
    parts.forEach(part -> text.setProperty(PART + part.number(), part.line()));
    text.store(out, null);
  }

  static Stored of(Properties text) {
    Map<String, String> facts =
        text.stringPropertyNames().stream()
            .filter(f -> !f.startsWith(PART) && !f.equals("name"))
            .collect(Collectors.toMap(f -> f, text::getProperty));
    List<Part> parts =
        text.stringPropertyNames().stream()
            .filter(f -> f.startsWith(PART))
            .map(f -> Part.of(Integer.parseInt(f.substring(PART.length())), text.getProperty(f)))
            .sorted(Comparator.comparingInt(Part::number))
            .toList();
    return new Stored(text.getProperty("name"), facts, parts);
  }
}
