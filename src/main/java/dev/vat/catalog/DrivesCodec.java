package dev.vat.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The drives in `projects.json` (`config.drives`). What of one cannot be understood counts as not
/// told; one without an id is no drive.
final class DrivesCodec {
  private DrivesCodec() {}

  static SortedMap<DriveId, KnownDrive> read(JsonNode drives) {
    SortedMap<DriveId, KnownDrive> known = new TreeMap<>();
    for (JsonNode one : drives) {
      id(one.path("id")).ifPresent(id -> known.put(id, drive(id, one)));
    }
    return known;
  }

  static Optional<DriveId> id(JsonNode text) {
    try {
      return Optional.of(new DriveId(text.stringValue("")));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static KnownDrive drive(DriveId id, JsonNode one) {
    String name = one.path("name").stringValue("");
    String volume = one.path("volume").stringValue("");
    return new KnownDrive(
        id,
        DriveLabel.isName(name) ? name : id.value(),
        volume.isEmpty() ? Optional.empty() : Optional.of(volume),
        one.path("base").stringValue(""),
        one.path("last_path").stringValue(""),
        CatalogCodec.time(one.path("last_seen_at")),
        CatalogCodec.amount(one, "free_bytes"),
        CatalogCodec.amount(one, "total_bytes"));
  }

  static void write(Collection<KnownDrive> drives, ObjectNode config) {
    Map<String, ObjectNode> before = new HashMap<>();
    for (JsonNode one : config.path("drives")) {
      if (one instanceof ObjectNode known) {
        before.put(known.path("id").stringValue(""), known);
      }
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (KnownDrive drive : drives) {
      ObjectNode one =
          before.getOrDefault(drive.id().value(), JsonNodeFactory.instance.objectNode());
      one.put("id", drive.id().value());
      one.put("name", drive.name());
      drive.volume().ifPresentOrElse(v -> one.put("volume", v), () -> one.remove("volume"));
      one.put("base", drive.base());
      one.put("last_path", drive.lastPath());
      CatalogCodec.put(one, "last_seen_at", drive.lastSeenAt());
      put(one, "free_bytes", drive.freeBytes());
      put(one, "total_bytes", drive.totalBytes());
      all.add(one);
    }
    config.set("drives", all);
  }

  private static void put(ObjectNode into, String name, OptionalLong amount) {
    if (amount.isPresent()) {
      into.put(name, amount.getAsLong());
    } else {
      into.remove(name);
    }
  }
}
