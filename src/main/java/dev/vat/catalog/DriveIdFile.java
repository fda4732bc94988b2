package dev.vat.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The small file by which a drive is known (`vat.drive/1`, `docs/formats.md`).
public final class DriveIdFile {
  /// Its name, at the top of the volume or in the folder that `vat` uses on it.
  public static final String NAME = ".vat-drive.json";

  private static final String SCHEMA = "vat.drive/1";
  private static final int MOST_BYTES = 64 * 1024;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private DriveIdFile() {}

  /// Reads the one of a folder.
  ///
  /// @return empty when there is none
  /// @throws CatalogException when something with that name is there and is no id file
  /// @throws IOException when it cannot be read
  public static Optional<DriveLabel> in(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    byte[] content;
    try {
      BasicFileAttributes facts =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!facts.isRegularFile()) {
        throw new CatalogException(file, "it is no plain file", null);
      }
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        content = in.readNBytes(MOST_BYTES + 1);
      }
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    if (content.length > MOST_BYTES) {
      throw new CatalogException(file, "it is far too long", null);
    }
    return Optional.of(label(file, content));
  }

  private static DriveLabel label(Path file, byte[] content) throws CatalogException {
    try {
      JsonNode tree = MAPPER.readTree(content);
      if (!tree.path("schema").stringValue("").equals(SCHEMA)) {
        throw new CatalogException(file, "its schema is not " + SCHEMA, null);
      }
      DriveId id = new DriveId(tree.path("id").stringValue(""));
      Instant createdAt = Instant.parse(tree.path("created_at").stringValue(""));
      String name = tree.path("name").stringValue("");
      // A name that somebody spoilt by hand takes nothing from the drive's identity.
      return new DriveLabel(
          id, DriveLabel.isName(name) ? name : id.value().substring(0, 8), createdAt);
    } catch (JacksonException | IllegalArgumentException | DateTimeException foreign) {
      throw new CatalogException(file, "it is no id file of vat's", foreign);
    }
  }

  /// What the file of a drive holds.
  ///
  /// @return UTF-8
  public static byte[] content(DriveLabel label) {
    ObjectNode document = MAPPER.createObjectNode();
    document.put("schema", SCHEMA);
    document.put("id", label.id().value());
    document.put("name", label.name());
    document.put("created_at", label.createdAt().toString());
    document.put("note", "vat knows this drive by this file. Leave it here.");
    return (MAPPER.writeValueAsString(document) + "\n").getBytes(UTF_8);
  }
}
