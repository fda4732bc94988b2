package dev.vat.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The small file that says whose copies are in a folder on a drive (`vat.base/1`,
/// `docs/formats.md`). Projects of two repositories may have one id, and would share a folder.
public final class BaseOwnerFile {
  /// Its name, in the folder that has the copies.
  public static final String NAME = ".vat-base.json";

  private static final String SCHEMA = "vat.base/1";
  private static final int MOST_BYTES = 64 * 1024;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private BaseOwnerFile() {}

  /// The name of the repository whose copies are there.
  ///
  /// @return empty when nobody has said so yet, also when what is there says nothing
  /// @throws CatalogException when something with that name is there and is no such file
  /// @throws IOException when it cannot be read
  public static Optional<String> in(Path base) throws IOException {
    Path file = base.resolve(NAME);
    byte[] content;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      content = in.readNBytes(MOST_BYTES);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    try {
      JsonNode tree = MAPPER.readTree(content);
      if (!tree.path("schema").stringValue("").equals(SCHEMA)) {
        throw new CatalogException(file, "its schema is not " + SCHEMA, null);
      }
      return Optional.of(tree.path("repository").stringValue("")).filter(name -> !name.isEmpty());
    } catch (JacksonException foreign) {
      throw new CatalogException(file, "it is no file of vat's", foreign);
    }
  }

  /// What the file holds.
  ///
  /// @param repository its name, as in keys
  /// @return UTF-8
  public static byte[] content(String repository) {
    ObjectNode document = MAPPER.createObjectNode();
    document.put("schema", SCHEMA);
    document.put("repository", repository);
    document.put("note", "The copies in this folder are that repository's. Leave this file here.");
    return (MAPPER.writeValueAsString(document) + "\n").getBytes(UTF_8);
  }
}
