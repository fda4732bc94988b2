package dev.vat.catalog;

import static dev.vat.catalog.CatalogCodec.amount;
import static dev.vat.catalog.CatalogCodec.child;
import static dev.vat.catalog.CatalogCodec.put;
import static dev.vat.catalog.CatalogCodec.time;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What `projects.json` tells of S3: `storage.s3`, and `storage.staging.s3` (`docs/formats.md`).
final class CloudCodec {
  private static final String GLACIER = "GLACIER";
  private static final String STANDARD = "STANDARD";

  private CloudCodec() {}

  static List<CloudCopy> read(JsonNode s3) {
    JsonNode objects = s3.path("objects");
    if (!objects.isArray()) {
      return copy(s3).stream().toList();
    }
    List<CloudCopy> all = new ArrayList<>();
    objects.forEach(one -> copy(one).ifPresent(all::add));
    return all;
  }

  private static Optional<CloudCopy> copy(JsonNode s3) {
    if (!CatalogCodec.exists(s3)) {
      return Optional.empty();
    }
    Optional<String> storageClass = text(s3, "storage_class");
    String word = storageClass.orElse(s3.path("tier").stringValue("")).toUpperCase(Locale.ROOT);
    return Optional.of(
        new CloudCopy(
            text(s3, "bucket"),
            s3.path("key").stringValue(""),
            word.equals(GLACIER) || word.equals("DEEP_ARCHIVE"),
            storageClass,
            amount(s3, "size_bytes"),
            content(s3),
            text(s3, "etag"),
            time(s3.path("uploaded_at")),
            time(s3.path("transitioned_at")),
            time(s3.path("seen_at")),
            time(s3.path("verified_at")),
            thaw(s3.path("thaw")),
            time(s3.path("damaged_at"))));
  }

  private static Optional<CloudCopy.Content> content(JsonNode s3) {
    OptionalLong files = amount(s3, "file_count");
    OptionalLong bytes = amount(s3, "content_bytes");
    return files.isEmpty() || bytes.isEmpty()
        ? Optional.empty()
        : Optional.of(new CloudCopy.Content(files.getAsLong(), bytes.getAsLong()));
  }

  private static Optional<CloudThaw> thaw(JsonNode thaw) {
    String word = thaw.path("state").stringValue("");
    for (CloudThaw.State state : CloudThaw.State.values()) {
      if (state.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(
            new CloudThaw(
                state,
                time(thaw.path("requested_at")),
                time(thaw.path("ready_by")),
                time(thaw.path("expires_at"))));
      }
    }
    return Optional.empty();
  }

  static Optional<SharedFiles> readShared(JsonNode shared) {
    OptionalLong files = amount(shared, "files");
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SharedFiles(
                files.getAsLong(),
                amount(shared, "size_bytes").orElse(0),
                time(shared.path("last_sync")),
                time(shared.path("seen_at"))));
  }

  /// @param into what was read; members that are not ours stay
  static void write(List<CloudCopy> copies, ObjectNode into) {
    Map<String, ObjectNode> before = new HashMap<>();
    for (JsonNode one : into.path("objects")) {
      if (one instanceof ObjectNode known) {
        before.put(object(known), known);
      }
    }
    into.put("exists", !copies.isEmpty());
    if (copies.isEmpty()) {
      into.remove(List.of("bucket", "key", "tier", "storage_class", "size_bytes", "file_count"));
      into.remove(List.of("content_bytes", "etag", "uploaded_at", "transitioned_at", "seen_at"));
      into.remove(List.of("verified_at", "thaw", "damaged_at"));
    } else {
      write(copies.getFirst(), into);
    }
    if (copies.size() > 1) {
      ArrayNode objects = JsonNodeFactory.instance.arrayNode();
      for (CloudCopy copy : copies) {
        ObjectNode one =
            before.getOrDefault(
                copy.bucket().orElse("") + "/" + copy.key(), JsonNodeFactory.instance.objectNode());
        write(copy, one.put("exists", true));
        objects.add(one);
      }
      into.set("objects", objects);
    } else {
      into.remove("objects");
    }
  }

  private static String object(JsonNode known) {
    return known.path("bucket").stringValue("") + "/" + known.path("key").stringValue("");
  }

  private static void write(CloudCopy copy, ObjectNode into) {
    putText(into, "bucket", copy.bucket());
    into.put("key", copy.key());
    into.put("tier", copy.frozen() ? GLACIER : STANDARD);
    putText(into, "storage_class", copy.storageClass());
    putNumber(into, "size_bytes", copy.bytes());
    putNumber(
        into,
        "file_count",
        copy.content().map(c -> OptionalLong.of(c.files())).orElse(OptionalLong.empty()));
    putNumber(
        into,
        "content_bytes",
        copy.content().map(c -> OptionalLong.of(c.bytes())).orElse(OptionalLong.empty()));
    putText(into, "etag", copy.etag());
    put(into, "uploaded_at", copy.uploadedAt());
    put(into, "transitioned_at", copy.transitionedAt());
    put(into, "seen_at", copy.seenAt());
    put(into, "verified_at", copy.verifiedAt());
    put(into, "damaged_at", copy.damagedAt());
    if (copy.thaw().isPresent()) {
      CloudThaw thaw = copy.thaw().get();
      ObjectNode one = child(into, "thaw");
      one.put("state", thaw.state().name().toLowerCase(Locale.ROOT));
      put(one, "requested_at", thaw.requestedAt());
      put(one, "ready_by", thaw.readyBy());
      put(one, "expires_at", thaw.expiresAt());
    } else {
      into.remove("thaw");
    }
  }

  static void writeShared(Optional<SharedFiles> shared, ObjectNode staging) {
    if (shared.isEmpty()) {
      staging.remove("s3");
      return;
    }
    ObjectNode into = child(staging, "s3");
    into.put("files", shared.get().files());
    into.put("size_bytes", shared.get().bytes());
    put(into, "last_sync", shared.get().lastSync());
    put(into, "seen_at", shared.get().seenAt());
    shared.get().lastSync().ifPresent(at -> staging.put("last_sync", at.toString()));
  }

  private static Optional<String> text(JsonNode from, String name) {
    return Optional.of(from.path(name).stringValue("")).filter(text -> !text.isEmpty());
  }

  private static void putNumber(ObjectNode into, String name, OptionalLong number) {
    if (number.isPresent()) {
      into.put(name, number.getAsLong());
    } else {
      into.remove(name);
    }
  }

  private static void putText(ObjectNode into, String name, Optional<String> text) {
    if (text.isPresent()) {
      into.put(name, text.get());
    } else {
      into.remove(name);
    }
  }
}
