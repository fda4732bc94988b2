package dev.vat.account;

import dev.vat.cloud.AccessPolicies;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// As whom S3 copies, and what that role may: read the archives of one place with their versions
/// and tags, and store copies in one bucket. It can remove nothing.
///
/// Source: Amazon S3 User Guide, "Setting up permissions for live replication".
final class ReplicationRole {
  private static final JsonMapper JSON = new JsonMapper();

  /// Of its one policy.
  static final String NAME = "vat-replication";

  /// S3 alone may take it.
  static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},\
      "Action":"sts:AssumeRole"}]}""";

  private ReplicationRole() {}

  static String permissions(AccessPolicy.Place source, String target, String region) {
    ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    String from = Arn.ofBucket(source.bucket(), region);
    allow(
        statements,
        "VatSeesTheBucket",
        List.of("s3:GetReplicationConfiguration", "s3:ListBucket"),
        from);
    allow(
        statements,
        "VatReadsArchives",
        List.of(
            "s3:GetObjectVersionForReplication",
            "s3:GetObjectVersionAcl",
            "s3:GetObjectVersionTagging"),
        from + "/" + AccessPolicy.escaped(source.prefix()) + "*");
    allow(
        statements,
        "VatStoresCopies",
        List.of("s3:ReplicateObject", "s3:ReplicateTags"),
        Arn.ofBucket(target, region) + "/*");
    return policy.toString();
  }

  private static void allow(
      ArrayNode statements, String sid, List<String> actions, String resource) {
    ObjectNode statement = statements.addObject().put("Sid", sid).put("Effect", "Allow");
    ArrayNode list = statement.putArray("Action");
    actions.forEach(list::add);
    statement.put("Resource", resource);
  }

  /// Whether a role may just that.
  static boolean permits(AccessPolicies.Role role, String permissions) {
    try {
      Optional<String> now = Optional.ofNullable(role.permissions().get(NAME));
      return now.isPresent() && JSON.readTree(now.get()).equals(JSON.readTree(permissions));
    } catch (JacksonException unreadable) {
      return false;
    }
  }
}
