package dev.vat.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A repository's `projects.json`: the manifest. A cache: losing it loses no file, but what it
/// knows of drives that are not connected is known nowhere else on this computer.
public final class CatalogFile {
  /// The file's name in the repository.
  public static final String NAME = "projects.json";

  /// It is understood as a whole; a project takes some 650 bytes.
  private static final long MOST_BYTES = 32 << 20;

  private final Path file;
  private final Replacement replacement;

  /// What was read last, until it is changed.
  private Optional<Content> last = Optional.empty();

  private record Content(
      byte[] bytes, ObjectNode document, Catalog catalog, List<String> refused) {}

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
  public synchronized Catalog read() throws IOException {
    return content().catalog();
  }

  /// The ids of its entries that are left out because no project can be called that, in its order:
  /// the next change drops them.
  ///
  /// @throws CatalogException when it cannot be understood
  public synchronized List<String> refused() throws IOException {
    return content().refused();
  }

  /// Reads it, changes it and writes it back; members that vat does not know stay. Call it under
  /// the lock that keeps a second run out.
  ///
  /// @return what was written
  /// @throws CatalogException when what is there cannot be understood; it is left as it is
  public synchronized Catalog update(Places places, UnaryOperator<Catalog> change)
      throws IOException {
    Content content = content();
    last = Optional.empty(); // its document is about to be changed
    Catalog changed = change.apply(content.catalog());
    CatalogCodec.write(changed, places, content.document());
    replacement.replace(file, JsonTree.write(content.document()));
    return changed;
  }

  /// Reads the bytes each time; understanding them takes longer, and is done once for the same
  /// ones.
  private Content content() throws IOException {
    byte[] bytes;
    try {
      if (Files.isDirectory(file)) {
        throw new CatalogException(file, "it is a folder, where a file has to be", null);
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new CatalogException(
            file, "it is bigger than the manifest of 50,000 projects would be", null);
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException none) {
      return new Content(
          new byte[0], JsonNodeFactory.instance.objectNode(), Catalog.empty(), List.of());
    }
    if (last.isEmpty() || !Arrays.equals(bytes, last.get().bytes())) {
      last = Optional.of(understood(bytes));
    }
    return last.get();
  }

  private Content understood(byte[] bytes) throws CatalogException {
    try {
      if (!(JsonTree.read(bytes) instanceof ObjectNode document)) {
        throw new CatalogException(file, "it is no JSON object", null);
      }
      Catalog catalog = document.isEmpty() ? Catalog.empty() : CatalogCodec.read(document);
      return new Content(bytes, document, catalog, CatalogCodec.refused(document));
    } catch (JacksonException broken) {
      throw new CatalogException(file, broken.getOriginalMessage(), broken);
    } catch (IllegalArgumentException noManifest) {
      throw new CatalogException(file, noManifest.getMessage(), noManifest);
    }
  }
}
