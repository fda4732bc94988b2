package dev.vat.catalog;

import dev.vat.project.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `projects.json` to and from a [Catalog] (design, section 5; `docs/formats.md`). Also reads the
/// shape of the earlier tool, in which most members are missing. Writing changes the members that
/// it knows and leaves every other one as it was found, at every level.
final class CatalogCodec {
  private CatalogCodec() {}

  /// @throws IllegalArgumentException when it is no manifest; what a single project tells badly
  ///     counts as not told
  static Catalog read(JsonNode document) {
    if (!document.isObject() || !document.path("projects").isArray()) {
      throw new IllegalArgumentException("it has no list of projects");
    }
    SortedMap<ProjectId, ProjectEntry> projects = new TreeMap<>();
    for (JsonNode project : document.path("projects")) {
      id(project).ifPresent(id -> projects.put(id, entry(id, project.path("storage"))));
    }
    JsonNode config = document.path("config");
    return new Catalog(
        time(config.path("last_updated")),
        DrivesCodec.id(config.path("primary_drive_id")),
        DrivesCodec.read(config.path("drives")),
        projects);
  }

  /// What the entries that [#read] leaves out call themselves.
  static List<String> refused(JsonNode document) {
    List<String> refused = new ArrayList<>();
    for (JsonNode project : document.path("projects")) {
      if (id(project).isEmpty()) {
        refused.add(project.path("id").stringValue(""));
      }
    }
    return refused;
  }

  /// The id that an entry tells.
  ///
  /// @return empty when no project can have that name
  static Optional<ProjectId> id(JsonNode project) {
    try {
      return Optional.of(new ProjectId(project.path("id").stringValue("")));
    } catch (IllegalArgumentException hostile) {
      return Optional.empty();
    }
  }

  private static ProjectEntry entry(ProjectId id, JsonNode storage) {
    List<LocalCopy> local = new ArrayList<>();
    JsonNode copies = storage.path("local").path("copies");
    if (copies.isArray()) {
      copies.forEach(copy -> local(id, copy).ifPresent(local::add));
    } else {
      local(id, storage.path("local")).ifPresent(local::add);
    }
    JsonNode staging = storage.path("staging");
    return new ProjectEntry(
        id,
        local,
        ssds(storage.path("ssd")),
        CloudCodec.read(storage.path("s3")),
        exists(staging)
            ? Optional.of(
                new StagedFiles(
                    amount(staging, "files").orElse(0), amount(staging, "size_bytes").orElse(0)))
            : Optional.empty(),
        CloudCodec.readShared(staging.path("s3")));
  }

  private static Optional<LocalCopy> local(ProjectId id, JsonNode copy) {
    if (!exists(copy)) {
      return Optional.empty();
    }
    boolean grouped = copy.path("structure").stringValue("").equals("grouped");
    // What the earlier tool tells instead of numbers.
    long heavy = amount(copy, "heavy_files").orElse(0);
    long files = Math.max(heavy, amount(copy, "file_count").orElse(heavy));
    return Optional.of(
        new LocalCopy(
            grouped ? LocalCopy.Structure.GROUPED : LocalCopy.Structure.FLAT,
            copy.path("path").stringValue(grouped ? "archived/" + id : id.value()),
            totals(copy, files, heavy)));
  }

  private static TreeTotals totals(JsonNode copy, long files, long heavy) {
    long heavyBytes = amount(copy, "heavy_bytes").orElse(0);
    long bytes = Math.max(heavyBytes, amount(copy, "size_bytes").orElse(0));
    return new TreeTotals(files, bytes, heavy, heavyBytes, time(copy.path("last_modified_at")));
  }

  private static List<SsdCopy> ssds(JsonNode ssd) {
    JsonNode copies = ssd.path("copies");
    if (!copies.isArray()) {
      return ssd(ssd).stream().toList();
    }
    List<SsdCopy> all = new ArrayList<>();
    copies.forEach(copy -> ssd(copy).ifPresent(all::add));
    return all;
  }

  private static Optional<SsdCopy> ssd(JsonNode ssd) {
    if (!exists(ssd)) {
      return Optional.empty();
    }
    OptionalLong files = amount(ssd, "file_count");
    Optional<TreeTotals> totals =
        files.isEmpty()
            ? Optional.empty()
            : Optional.of(
                totals(
                    ssd,
                    files.getAsLong(),
                    Math.min(files.getAsLong(), amount(ssd, "heavy_files").orElse(0))));
    return Optional.of(
        new SsdCopy(
            DrivesCodec.id(ssd.path("drive_id")),
            ssd.path("path").stringValue(""),
            totals,
            time(ssd.path("seen_at")),
            time(ssd.path("verified_at")),
            time(ssd.path("damaged_at"))));
  }

  /// Puts a catalog into a document.
  ///
  /// @param document what was read, or an empty one; changed in place
  static void write(Catalog catalog, Places places, ObjectNode document) {
    ObjectNode config = child(document, "config");
    config.put("local_base", places.localBase());
    places.ssdBase().ifPresent(base -> config.put("ssd_base", base));
    catalog.updatedAt().ifPresent(at -> config.put("last_updated", at.toString()));
    if (!config.has("note")) {
      config.put("note", "Made by vat manifest. It can be rebuilt; do not edit it by hand.");
    }
    catalog.primaryDrive().ifPresent(id -> config.put("primary_drive_id", id.value()));
    if (!catalog.drives().isEmpty() || config.has("drives")) {
      DrivesCodec.write(catalog.drives().values(), config);
    }
    usage(child(config, "disk_usage"), Usage.of(catalog));
    SortedMap<ProjectId, ObjectNode> before = new TreeMap<>();
    for (JsonNode project : document.path("projects")) {
      if (project instanceof ObjectNode known) {
        id(project).ifPresent(id -> before.put(id, known));
      }
    }
    ArrayNode projects = JsonNodeFactory.instance.arrayNode();
    for (ProjectEntry entry : catalog.projects().values()) {
      ObjectNode project = before.getOrDefault(entry.id(), JsonNodeFactory.instance.objectNode());
      project.put("id", entry.id().value());
      write(entry, catalog, child(project, "storage"));
      projects.add(project);
    }
    document.set("projects", projects);
  }

  private static void write(ProjectEntry entry, Catalog catalog, ObjectNode storage) {
    ObjectNode local = child(storage, "local");
    Optional<LocalCopy> primary = entry.primaryLocal();
    local.put("exists", primary.isPresent());
    if (primary.isPresent()) {
      write(primary.get(), local);
    } else {
      local.putNull("structure");
      local.put("has_heavy_files", false);
      local.put("has_light_files", false);
      local.remove(List.of("path", "size_bytes", "file_count", "heavy_files", "heavy_bytes"));
      local.remove("last_modified_at");
    }
    if (entry.local().size() > 1) {
      ArrayNode copies = local.putArray("copies");
      for (LocalCopy copy : entry.local()) {
        write(copy, copies.addObject().put("exists", true));
      }
    } else {
      local.remove("copies");
    }
    writeSsds(entry, catalog, child(storage, "ssd"));
    CloudCodec.write(entry.cloud(), child(storage, "s3"));
    ObjectNode staging = child(storage, "staging");
    staging.put("exists", entry.staging().isPresent());
    staging.put("files", entry.staging().map(StagedFiles::files).orElse(0L));
    staging.put("size_bytes", entry.staging().map(StagedFiles::bytes).orElse(0L));
    CloudCodec.writeShared(entry.shared(), staging);
    CloudCodec.writeShared(entry.shared(), staging);
  }

  private static void write(LocalCopy copy, ObjectNode into) {
    into.put("structure", copy.structure().name().toLowerCase(Locale.ROOT));
    into.put("path", copy.path());
    into.put("has_heavy_files", copy.totals().heavyFiles() > 0);
    into.put("has_light_files", copy.totals().lightFiles() > 0);
    write(copy.totals(), into);
  }

  private static void writeSsds(ProjectEntry entry, Catalog catalog, ObjectNode into) {
    Map<String, ObjectNode> before = new HashMap<>();
    for (JsonNode copy : into.path("copies")) {
      if (copy instanceof ObjectNode known) {
        before.put(known.path("drive_id").stringValue(""), known);
      }
    }
    into.put("exists", !entry.ssd().isEmpty());
    if (entry.ssd().isEmpty()) {
      into.putNull("path");
      into.remove(List.of("size_bytes", "file_count", "heavy_files", "heavy_bytes", "seen_at"));
      into.remove(List.of("last_modified_at", "verified_at", "damaged_at"));
      into.remove(List.of("drive_id", "drive_name"));
    } else {
      write(entry.ssd().getFirst(), catalog, into);
    }
    if (entry.ssd().size() > 1) {
      ArrayNode copies = JsonNodeFactory.instance.arrayNode();
      for (SsdCopy copy : entry.ssd()) {
        ObjectNode one =
            before.getOrDefault(
                copy.drive().map(DriveId::value).orElse(""), JsonNodeFactory.instance.objectNode());
        write(copy, catalog, one.put("exists", true));
        copies.add(one);
      }
      into.set("copies", copies);
    } else {
      into.remove("copies");
    }
  }

  private static void write(SsdCopy copy, Catalog catalog, ObjectNode into) {
    if (copy.drive().isPresent()) {
      into.put("drive_id", copy.drive().get().value());
      into.put("drive_name", catalog.driveName(copy));
    } else {
      into.remove(List.of("drive_id", "drive_name"));
    }
    into.put("path", copy.path());
    copy.totals().ifPresent(totals -> write(totals, into));
    put(into, "seen_at", copy.seenAt());
    put(into, "verified_at", copy.verifiedAt());
    put(into, "damaged_at", copy.damagedAt());
  }

  private static void write(TreeTotals totals, ObjectNode into) {
    into.put("size_bytes", totals.bytes());
    into.put("file_count", totals.files());
    into.put("heavy_files", totals.heavyFiles());
    into.put("heavy_bytes", totals.heavyBytes());
    put(into, "last_modified_at", totals.lastChange());
  }

  private static void usage(ObjectNode into, Usage usage) {
    usage(into, "local_flat", usage.localFlat());
    usage(into, "local_grouped", usage.localGrouped());
    usage(into, "ssd", usage.ssd());
    usage(into, "s3", usage.s3());
    usage(into, "glacier", usage.glacier());
  }

  private static void usage(ObjectNode into, String tier, long bytes) {
    ObjectNode one = child(into, tier);
    one.put("total_bytes", bytes);
    one.put("total_mb", hundredths(bytes, 1024.0 * 1024));
    one.put("total_gb", hundredths(bytes, 1024.0 * 1024 * 1024));
  }

  private static double hundredths(long bytes, double unit) {
    return Math.round(bytes / unit * 100) / 100.0;
  }

  static void put(ObjectNode into, String name, Optional<Instant> at) {
    if (at.isPresent()) {
      into.put(name, at.get().toString());
    } else {
      into.remove(name);
    }
  }

  static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode there ? there : parent.putObject(name);
  }

  static boolean exists(JsonNode copy) {
    return copy.path("exists").booleanValue(false);
  }

  static OptionalLong amount(JsonNode copy, String name) {
    JsonNode number = copy.path(name);
    return number.isIntegralNumber() && number.canConvertToLong() && number.longValue() >= 0
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  static Optional<Instant> time(JsonNode text) {
    return text.isString() ? InstantText.parse(text.stringValue()) : Optional.empty();
  }
}
