package dev.vat.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vat.project.ProjectId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Who asked for a thaw, and what for: a small document in the bucket (`vat.thaw-note/1`,
/// `docs/formats.md`), so that either teammate can finish it.
///
/// @param repo the repository's name in keys
/// @param key of the archive object
/// @param etag the version that was asked for
/// @param tier as S3 was asked for it, in small letters
/// @param target `local`, `ssd` or `folder`; empty for none. A folder's name is not told: it is one
///     of the asker's computer
/// @param readyBy the longest that such a thaw typically takes
public record ThawNote(
    String repo,
    ProjectId project,
    String key,
    String etag,
    String tier,
    int days,
    String target,
    String requestedBy,
    Instant requestedAt,
    Instant readyBy) {
  /// Nobody writes more; more than that is not read.
  public static final int MOST_BYTES = 64 * 1024;

  private static final String SCHEMA = "vat.thaw-note/1";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// As it lies in the bucket.
  public byte[] document() {
    ObjectNode document = MAPPER.createObjectNode();
    document.put("schema", SCHEMA);
    document.put("repo", repo);
    document.put("project_id", project.value());
    document.put("key", key);
    document.put("etag", etag);
    document.put("tier", tier);
    document.put("days", days);
    document.put("target", target);
    document.put("requested_by", requestedBy);
    document.put("requested_at", requestedAt.toString());
    document.put("ready_by", readyBy.toString());
    return (MAPPER.writeValueAsString(document) + "\n").getBytes(UTF_8);
  }

  /// @param document from outside: any bytes
  /// @return empty for what is no such document, or a newer kind of it: S3's own state still tells
  ///     how the thaw stands
  public static Optional<ThawNote> read(byte[] document) {
    try {
      JsonNode read = MAPPER.readTree(document);
      if (!read.path("schema").stringValue("").equals(SCHEMA)) {
        return Optional.empty();
      }
      return Optional.of(
          new ThawNote(
              read.path("repo").stringValue(""),
              new ProjectId(read.path("project_id").stringValue("")),
              read.path("key").stringValue(""),
              read.path("etag").stringValue(""),
              read.path("tier").stringValue(""),
              read.path("days").asInt(0),
              read.path("target").stringValue(""),
              read.path("requested_by").stringValue(""),
              Instant.parse(read.path("requested_at").stringValue("")),
              Instant.parse(read.path("ready_by").stringValue(""))));
    } catch (JacksonException | IllegalArgumentException | DateTimeException none) {
      return Optional.empty();
    }
  }
}
