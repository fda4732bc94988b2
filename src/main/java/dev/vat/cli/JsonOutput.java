package dev.vat.cli;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Results for programs. Members are in `snake_case`, in the order of the record's components;
/// times are UTC in ISO-8601; sizes are plain numbers of bytes.
final class JsonOutput {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private JsonOutput() {}

  /// @param schema name and version, `vat.error/1`; it becomes the first member
  /// @param body a record or map without paths: a path would become a `file:` address
  static String document(String schema, Object body) {
    return MAPPER.writeValueAsString(tree(schema, body));
  }

  /// The same on one line, for output of many documents.
  static String line(String schema, Object body) {
    return tree(schema, body).toString();
  }

  private static ObjectNode tree(String schema, Object body) {
    if (!schema.matches("vat\\.[a-z-]+/[0-9]+")) {
      throw new IllegalArgumentException("not a schema's name and version: " + schema);
    }
    ObjectNode document = MAPPER.createObjectNode();
    document.put("schema", schema);
    document.setAll((ObjectNode) MAPPER.valueToTree(body));
    return document;
  }
}
