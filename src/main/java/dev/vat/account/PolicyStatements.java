package dev.vat.account;

import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The statements of a policy, which somebody else may have written.
final class PolicyStatements {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String STATEMENT = "Statement";

  private PolicyStatements() {}

  /// One statement may stand without its list.
  static List<JsonNode> of(JsonNode policy) {
    JsonNode found = policy.path(STATEMENT);
    return found.isObject()
        ? List.of(found)
        : StreamSupport.stream(found.spliterator(), false).toList();
  }

  /// The policy with these in place of its own.
  static String with(ObjectNode policy, List<JsonNode> statements) {
    ArrayNode list = JSON.createArrayNode();
    list.addAll(statements);
    policy.set(STATEMENT, list);
    return policy.toString();
  }
}
