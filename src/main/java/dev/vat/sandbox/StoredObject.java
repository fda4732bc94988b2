package dev.vat.sandbox;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// One version of an object.
///
/// @param parts at least one, in order
/// @param etag with its quotes
/// @param modified whole seconds, as S3 has it
/// @param headers what is given back as it came: content type and the like, user metadata, and the
///     storage class unless it is STANDARD
/// @param uploadId the multipart upload that made it; empty otherwise
record StoredObject(
    String key,
    List<Part> parts,
    String etag,
    Instant modified,
    Map<String, String> headers,
    Checksum checksum,
    String uploadId,
    Lease lease) {
  StoredObject {
    parts = List.copyOf(parts);
    headers = Map.copyOf(headers);
  }

  /// Counts who reads a version, so that its files go only after the last reader.
  static final class Lease {
    private int readers;
    private boolean dropped;

    /// Whoever reads already may enter again.
    ///
    /// @return false when the version is no longer there
    synchronized boolean enter() {
      boolean there = !dropped || readers > 0;
      readers += there ? 1 : 0;
      return there;
    }

    /// @return whether its files are to be deleted now
    synchronized boolean leave() {
      return --readers == 0 && dropped;
    }

    /// @return whether its files are to be deleted now
    synchronized boolean drop() {
      dropped = true;
      return readers == 0;
    }
  }

  long size() {
    return parts.stream().mapToLong(Part::size).sum();
  }

  boolean multipart() {
    return !uploadId.isEmpty();
  }

  String storageClass() {
    return headers.getOrDefault(ObjectHeaders.STORAGE_CLASS, "STANDARD");
  }

  Map<String, String> facts() {
    Map<String, String> facts = FactFile.facts("header.", headers);
    facts.put("key", key);
    facts.put("etag", etag);
    facts.put("modified", modified.toString());
    facts.put("algorithm", checksum.algorithm().name());
    facts.put("type", checksum.type().name());
    facts.put("checksum", checksum.value());
    facts.put("upload", uploadId);
    parts.forEach(p -> facts.put("part." + p.number(), p.line()));
    return facts;
  }

  static StoredObject of(Map<String, String> facts) {
    return new StoredObject(
        facts.get("key"),
        FactFile.under("part.", facts).entrySet().stream()
            .map(e -> Part.ofLine(Integer.parseInt(e.getKey()), e.getValue()))
            .sorted(Comparator.comparingInt(Part::number))
            .toList(),
        facts.get("etag"),
        Instant.parse(facts.get("modified")),
        FactFile.under("header.", facts),
        new Checksum(
            ChecksumAlgorithm.valueOf(facts.get("algorithm")),
            Checksum.Type.valueOf(facts.get("type")),
            facts.get("checksum")),
        facts.get("upload"),
        new Lease());
  }
}
