package dev.vat.sandbox;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// A multipart upload under way. Whoever changes its parts, or ends it, holds its monitor.
///
/// @param id begins with the time, so that ids sort by it
/// @param declared whether the client chose the algorithm; otherwise it is S3's default
record Upload(
    String id,
    String key,
    Instant initiated,
    Map<String, String> headers,
    ChecksumAlgorithm algorithm,
    Checksum.Type type,
    boolean declared,
    NavigableMap<Integer, Part> parts) {
  Upload {
    headers = Map.copyOf(headers);
  }

  Map<String, String> facts() {
    Map<String, String> facts = FactFile.facts("header.", headers);
    facts.put("key", key);
    facts.put("initiated", initiated.toString());
    facts.put("algorithm", algorithm.name());
    facts.put("type", type.name());
    facts.put("declared", Boolean.toString(declared));
    return facts;
  }

  static Upload of(String id, Map<String, String> facts) {
    return new Upload(
        id,
        facts.get("key"),
        Instant.parse(facts.get("initiated")),
        FactFile.under("header.", facts),
        ChecksumAlgorithm.valueOf(facts.get("algorithm")),
        Checksum.Type.valueOf(facts.get("type")),
        Boolean.parseBoolean(facts.get("declared")),
        new ConcurrentSkipListMap<>());
  }

  String storageClass() {
    return headers.getOrDefault(ObjectHeaders.STORAGE_CLASS, "STANDARD");
  }
}
