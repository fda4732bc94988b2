package dev.vat.catalog;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON to trees and back, without a mapper: making one takes as long as reading a manifest of a
/// thousand projects, and commands that only look must answer at once.
///
/// Text, nesting and numbers beyond the parser's own limits are refused by it.
final class JsonTree {
  private static final JsonFactory JSON = new JsonFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonTree() {}

  /// @return the one value that the bytes hold; of members with one name the last
  /// @throws tools.jackson.core.JacksonException when it is no JSON
  static JsonNode read(byte[] json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() == null) {
        throw new StreamReadException(parser, "it is empty");
      }
      JsonNode tree = value(parser);
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "something follows behind its end");
      }
      return tree;
    }
  }

  private static JsonNode value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new StreamReadException(parser, "a value was expected");
    };
  }

  private static JsonNode object(JsonParser parser) {
    ObjectNode object = NODES.objectNode();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      object.set(name, value(parser));
    }
    return object;
  }

  private static JsonNode array(JsonParser parser) {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private static JsonNode whole(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  /// Indented, for people to look at, and with a line end behind it; in UTF-8.
  static byte[] write(JsonNode tree) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(new Indented(), json, JsonEncoding.UTF8)) {
      write(tree, generator);
    }
    json.write('\n');
    return json.toByteArray();
  }

  private static void write(JsonNode node, JsonGenerator into) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        into.writeStartObject();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
          into.writeName(member.getKey());
          write(member.getValue(), into);
        }
        into.writeEndObject();
      }
      case ARRAY -> {
        into.writeStartArray();
        node.forEach(element -> write(element, into));
        into.writeEndArray();
      }
      case STRING -> into.writeString(node.stringValue());
      case NUMBER -> number(node, into);
      case BOOLEAN -> into.writeBoolean(node.booleanValue());
      case NULL -> into.writeNull();
      case BINARY, MISSING, POJO -> throw new IllegalArgumentException("no JSON: " + node);
    }
  }

  private static void number(JsonNode node, JsonGenerator into) {
    switch (node.numberType()) {
      case INT -> into.writeNumber(node.intValue());
      case LONG -> into.writeNumber(node.longValue());
      case BIG_INTEGER -> into.writeNumber(node.bigIntegerValue());
      case FLOAT, DOUBLE -> into.writeNumber(node.doubleValue());
      case BIG_DECIMAL -> into.writeNumber(node.decimalValue());
    }
  }

  private static final class Indented extends ObjectWriteContext.Base {
    private final PrettyPrinter printer = new DefaultPrettyPrinter();

    @Override
    public PrettyPrinter getPrettyPrinter() {
      return printer;
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }
}
