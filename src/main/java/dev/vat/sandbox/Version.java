package dev.vat.sandbox;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/// One version of an object; or an upload in parts that is to become one.
///
/// @param path `/bucket/key`
/// @param id of the upload that made it; that of an upload begins with the time and sorts by it
/// @param modified whole seconds, as S3 has it; of an upload, when it began
/// @param headers what is given back as it came: content type and the like, user metadata, and the
///     storage class unless it is STANDARD
/// @param composite whether the checksum is one over those of the parts, not one over the content
/// @param checksum base64; empty while it is an upload, as is the ETag
/// @param etag with its quotes
/// @param parts by number; those of an upload change
/// @param holders how many need the contents: the index, and each reader
record Version(
    String path,
    String id,
    Instant modified,
    Map<String, String> headers,
    Checksum algorithm,
    boolean composite,
    String checksum,
    String etag,
    NavigableMap<Integer, Part> parts,
    AtomicInteger holders) {
  static final String STORAGE_CLASS = "x-amz-storage-class";
  private static final String HEADER = "header.";

  /// An upload without parts.
  static Version upload(
      String path,
      String id,
      Instant now,
      Map<String, String> headers,
      Checksum algorithm,
      boolean composite) {
    return new Version(
        path,
        id,
        now,
        Map.copyOf(headers),
        algorithm,
        composite,
        "",
        "",
        new ConcurrentSkipListMap<>(),
        new AtomicInteger(1));
  }

  /// An object that came in one piece.
  static Version whole(String path, Map<String, String> headers, Checksum algorithm, Part part) {
    return upload(path, part.file(), part.modified(), headers, algorithm, false)
        .completed(part.checksum(), part.etag(), new TreeMap<>(Map.of(1, part)));
  }

  /// The object that this upload becomes.
  Version completed(String sum, String tag, NavigableMap<Integer, Part> chosen) {
    return new Version(
        path, id, modified, headers, algorithm, composite, sum, tag, chosen, new AtomicInteger(1));
  }

  String bucket() {
    return path.substring(1, path.indexOf('/', 1));
  }

  String key() {
    return path.substring(path.indexOf('/', 1) + 1);
  }

  long size() {
    return parts.values().stream().mapToLong(Part::size).sum();
  }

  String storageClass() {
    return headers.getOrDefault(STORAGE_CLASS, "STANDARD");
  }

  String checksumType() {
    return composite ? "COMPOSITE" : "FULL_OBJECT";
  }

  /// What its file holds.
  Properties facts() {
    Properties facts = new Properties();
    headers.forEach((name, value) -> facts.setProperty(HEADER + name, value));
    parts.values().forEach(part -> part.putInto(facts));
    facts.putAll(Map.of("path", path, "id", id, "modified", modified.toString()));
    facts.putAll(Map.of("algorithm", algorithm.name(), "type", checksumType()));
    facts.putAll(Map.of("checksum", checksum, "etag", etag));
    return facts;
  }

  static Version of(Properties facts) {
    Map<String, String> headers = new TreeMap<>();
    for (String name : facts.stringPropertyNames()) {
      if (name.startsWith(HEADER)) {
        headers.put(name.substring(HEADER.length()), facts.getProperty(name));
      }
    }
    return new Version(
        facts.getProperty("path"),
        facts.getProperty("id"),
        Instant.parse(facts.getProperty("modified")),
        Map.copyOf(headers),
        Checksum.valueOf(facts.getProperty("algorithm")),
        facts.getProperty("type").equals("COMPOSITE"),
        facts.getProperty("checksum"),
        facts.getProperty("etag"),
        Part.all(facts),
        new AtomicInteger(1));
  }
}
