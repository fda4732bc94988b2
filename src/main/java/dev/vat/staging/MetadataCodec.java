package dev.vat.staging;

import dev.vat.cloud.ETag;
import dev.vat.project.Md5;
import dev.vat.project.RelativeName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes `metadata.json` (docs/formats/metadata.schema.json). Whatever comes from S3 may
/// be damaged or hostile: an entry that does not hold what it must is left out, and said; the
/// objects still tell the truth.
final class MetadataCodec {
  /// The format's version that is written. A higher one is by a newer vat and is not touched.
  static final int VERSION = 1;

  private final ObjectMapper json =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// What reading gave.
  sealed interface Reading {
    /// @param whole false when entries were left out
    record Understood(StagingMetadata metadata, boolean whole) implements Reading {}

    /// No JSON, or JSON of something else.
    record NotOurs(String why) implements Reading {}

    /// Written by a newer vat.
    record Newer(String version) implements Reading {}
  }

  Reading read(byte[] bytes, StagedPlace place) {
    JsonNode root;
    try {
      root = json.readTree(bytes);
    } catch (JacksonException | StackOverflowError e) {
      return new Reading.NotOurs("it is no JSON");
    }
    if (!root.path("project_id").asString("").equals(place.project().value())) {
      return new Reading.NotOurs("it is about another project");
    }
    JsonNode version = root.path("version");
    if (!version.isMissingNode() && !version.isNumber()) {
      return new Reading.NotOurs("its version is no number");
    }
    // Whatever number is none that this vat knows, however it is written, was not written by it.
    if (version.isNumber() && !(version.isInt() && version.intValue() <= VERSION)) {
      return new Reading.Newer(version.asString());
    }
    return understood(root, place);
  }

  private static Reading understood(JsonNode root, StagedPlace place) {
    TreeMap<RelativeName, StagingMetadata.Entry> files = new TreeMap<>();
    TreeMap<RelativeName, Tombstone> removed = new TreeMap<>();
    boolean whole = root.path("files").isArray();
    for (JsonNode node : root.path("files")) {
      Optional<StagingMetadata.Entry> entry = attempt(MetadataCodec::entry, node);
      entry.ifPresent(e -> files.put(e.name(), e));
      whole &= entry.isPresent();
    }
    for (JsonNode node : root.path("removed")) {
      Optional<Tombstone> tombstone = attempt(MetadataCodec::tombstone, node);
      tombstone.ifPresent(t -> removed.put(t.name(), t));
      whole &= tombstone.isPresent();
    }
    StagingMetadata metadata =
        new StagingMetadata(
            place.repo(),
            place.project(),
            attempt(node -> Instant.parse(node.asString()), root.path("last_sync")),
            text(root, "last_sync_by"),
            files,
            removed);
    return new Reading.Understood(metadata, whole);
  }

  private static StagingMetadata.Entry entry(JsonNode node) {
    return new StagingMetadata.Entry(
        RelativeName.of(required(node, "name")),
        node.path("size_bytes").longValue(),
        new Md5(required(node, "md5")),
        text(node, "uploaded_by"),
        text(node, "uploaded_at").map(Instant::parse),
        text(node, "modified_at").map(Instant::parse),
        ETag.ofHeader(required(node, "etag")));
  }

  private static Tombstone tombstone(JsonNode node) {
    return new Tombstone(
        RelativeName.of(required(node, "name")),
        text(node, "md5").map(Md5::new),
        required(node, "removed_by"),
        Instant.parse(required(node, "removed_at")));
  }

  private static <T> Optional<T> attempt(Function<JsonNode, T> reading, JsonNode node) {
    try {
      return Optional.of(reading.apply(node));
    } catch (IllegalArgumentException | DateTimeException | JacksonException e) {
      return Optional.empty();
    }
  }

  private static String required(JsonNode node, String field) {
    return text(node, field)
        .orElseThrow(() -> new IllegalArgumentException("no text in field " + field));
  }

  private static Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isString() && !value.asString().isEmpty()
        ? Optional.of(value.asString())
        : Optional.empty();
  }

  byte[] write(StagingMetadata metadata) {
    ObjectNode root = json.createObjectNode();
    root.put("version", VERSION);
    root.put("project_id", metadata.project().value());
    root.put("repo", metadata.repo());
    metadata.lastSync().ifPresent(at -> root.put("last_sync", at.toString()));
    metadata.lastSyncBy().ifPresent(by -> root.put("last_sync_by", by));
    ArrayNode files = root.putArray("files");
    for (StagingMetadata.Entry entry : metadata.files().values()) {
      ObjectNode node = files.addObject();
      node.put("name", entry.name().value());
      node.put("size_bytes", entry.sizeBytes());
      node.put("md5", entry.md5().hex());
      entry.uploadedBy().ifPresent(by -> node.put("uploaded_by", by));
      entry.uploadedAt().ifPresent(at -> node.put("uploaded_at", at.toString()));
      entry.modifiedAt().ifPresent(at -> node.put("modified_at", at.toString()));
      node.put("etag", entry.etag().value());
    }
    ArrayNode removed = root.putArray("removed");
    for (Tombstone tombstone : metadata.removed().values()) {
      ObjectNode node = removed.addObject();
      node.put("name", tombstone.name().value());
      tombstone.md5().ifPresent(md5 -> node.put("md5", md5.hex()));
      node.put("removed_by", tombstone.removedBy());
      node.put("removed_at", tombstone.removedAt().toString());
    }
    return json.writeValueAsBytes(root);
  }
}
