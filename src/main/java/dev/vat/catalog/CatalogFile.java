package dev.vat.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A repository's `projects.json`: the manifest. A cache: losing it loses no file, but what it
/// knows of drives that are not connected is known nowhere else on this computer.
public final class CatalogFile {
  /// The file's name in the repository.
  public static final String NAME = "projects.json";

  private final Path file;
  private final Replacement replacement;

  /// Puts a new content in the place of a file, whole or not at all, and flushed.
  @FunctionalInterface
  public interface Replacement {
    /// @param content UTF-8
    /// @throws IOException and the old content is there as before
    void replace(Path file, byte[] content) throws IOException;
  }

  /// @param root the repository's folder
  public CatalogFile(Path root, Replacement replacement) {
    this.file = root.resolve(NAME);
    this.replacement = replacement;
  }

  /// Reads it.
  ///
  /// @return an empty catalog when there is no file
  /// @throws CatalogException when it cannot be understood
  public Catalog read() throws IOException {
    return catalog(document());
  }

  /// Reads it, changes it and writes it back; members that vat does not know stay. Call it under
  /// the lock that keeps a second run out.
  ///
  /// @return what was written
  /// @throws CatalogException when what is there cannot be understood; it is left as it is
  public Catalog update(Places places, UnaryOperator<Catalog> change) throws IOException {
    ObjectNode document = document();
    Catalog changed = change.apply(catalog(document));
    CatalogCodec.write(changed, places, document);
    replacement.replace(file, (JsonTree.write(document) + "\n").getBytes(UTF_8));
    return changed;
  }

  private Catalog catalog(ObjectNode document) throws CatalogException {
    if (document.isEmpty()) {
      return Catalog.empty();
    }
    try {
      return CatalogCodec.read(document);
    } catch (IllegalArgumentException noManifest) {
      throw new CatalogException(file, noManifest.getMessage(), noManifest);
    }
  }

  private ObjectNode document() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      JsonNode tree = JsonTree.read(in);
      if (tree instanceof ObjectNode document) {
        return document;
      }
      throw new CatalogException(file, "it is no JSON object", null);
    } catch (NoSuchFileException none) {
      return JsonNodeFactory.instance.objectNode();
    } catch (JacksonException broken) {
      throw new CatalogException(file, broken.getOriginalMessage(), broken);
    }
  }
}
