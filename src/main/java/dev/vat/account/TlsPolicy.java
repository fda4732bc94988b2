package dev.vat.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The statement that refuses whoever comes without TLS, and its place in a bucket's policy. What
/// others wrote there stays.
///
/// Source: AWS, "Amazon S3 security best practices", enforce encryption of data in transit.
final class TlsPolicy {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SID = "VatTlsOnly";

  private final String arn;

  private TlsPolicy(String arn) {
    this.arn = arn;
  }

  /// @param region where it is; empty when not known
  static TlsPolicy in(String bucket, String region) {
    return new TlsPolicy(Arn.ofBucket(bucket, region));
  }

  /// Whether a policy says so already.
  sealed interface Standing {}

  /// It does.
  record There() implements Standing {}

  /// It did not: the whole policy, with the statement.
  record Added(String policy) implements Standing {}

  /// Nobody can tell.
  record Unreadable() implements Standing {}

  Standing beside(Optional<String> policy) {
    if (policy.isEmpty()) {
      ObjectNode fresh = JSON.createObjectNode().put("Version", "2012-10-17");
      return new Added(with(fresh, List.of()));
    }
    try {
      if (!(JSON.readTree(policy.get()) instanceof ObjectNode whole)) {
        return new Unreadable();
      }
      List<JsonNode> statements = PolicyStatements.of(whole);
      if (statements.stream().anyMatch(this::refusesClearText)) {
        return new There();
      }
      return new Added(
          with(
              whole,
              statements.stream().filter(s -> !s.path("Sid").asString("").equals(SID)).toList()));
    } catch (JacksonException e) {
      return new Unreadable();
    }
  }

  private static List<JsonNode> list(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).toList();
  }

  private boolean refusesClearText(JsonNode statement) {
    JsonNode principal = statement.path("Principal");
    boolean everybody =
        principal.asString("").equals("*") || texts(principal.path("AWS")).contains("*");
    return statement.path("Effect").asString("").equals("Deny")
        && everybody
        && texts(statement.path("Action")).stream().anyMatch(a -> a.equals("*") || a.equals("s3:*"))
        && covers(texts(statement.path("Resource")))
        && isOnlyClearText(statement.path("Condition"));
  }

  private boolean covers(List<String> resources) {
    return resources.contains("*") || resources.contains(arn) && resources.contains(arn + "/*");
  }

  /// Exactly this one condition: a further one would let somebody through.
  private static boolean isOnlyClearText(JsonNode condition) {
    JsonNode bool = condition.path("Bool");
    return condition.size() == 1
        && bool.size() == 1
        && texts(bool.path("aws:SecureTransport")).equals(List.of("false"));
  }

  private static List<String> texts(JsonNode node) {
    return node.isArray()
        ? list(node).stream().map(n -> n.asString("")).toList()
        : List.of(node.asString(""));
  }

  private String with(ObjectNode policy, List<JsonNode> others) {
    List<JsonNode> all = new ArrayList<>(others);
    all.add(statement());
    return PolicyStatements.with(policy, all);
  }

  ObjectNode statement() {
    ObjectNode statement = JSON.createObjectNode().put("Sid", SID).put("Effect", "Deny");
    statement.put("Principal", "*").put("Action", "s3:*");
    statement.putArray("Resource").add(arn).add(arn + "/*");
    statement.putObject("Condition").putObject("Bool").put("aws:SecureTransport", "false");
    return statement;
  }
}
