package dev.vat.cli;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The JSON Schemas that docs/formats promises documents to fit.
final class PublishedSchemas {
  static final Path FOLDER = Path.of("docs/formats").toAbsolutePath();

  private PublishedSchemas() {}

  /// The text of a schema.
  ///
  /// @param schema its file's name up to the first dot
  static String words(String schema) throws IOException {
    return Files.readString(FOLDER.resolve(schema + ".schema.json"));
  }

  /// What is wrong with a document by its schema: empty when it fits.
  static List<String> complaints(String schema, String document) throws IOException {
    Schema asked =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(words(schema), InputFormat.JSON);
    return asked
        .validate(
            document,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }
}
