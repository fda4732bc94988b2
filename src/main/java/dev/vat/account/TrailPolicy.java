package dev.vat.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The two statements by which CloudTrail may write one trail into a bucket, and their place in the
/// bucket's policy. What others wrote there stays, other repositories' trails among them.
///
/// Source: AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail".
///
/// @param bucket that is written to
/// @param region of the trail
/// @param account the number of the one account that may
public record TrailPolicy(String bucket, String region, String account, String trail) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String LOOKS = "VatTrailLooks";
  private static final String WRITES = "VatTrailWrites";
  private static final String SOURCE = "aws:SourceArn";

  public TrailPolicy {
    Objects.requireNonNull(bucket);
    Objects.requireNonNull(region);
    Objects.requireNonNull(account);
    Objects.requireNonNull(trail);
  }

  /// The bucket's policy with both statements in it.
  ///
  /// @param policy as it is; empty when there is none
  /// @return the same text when it has them already; empty when it cannot be understood
  public Optional<String> beside(Optional<String> policy) {
    try {
      JsonNode tree =
          policy.isPresent()
              ? JSON.readTree(policy.get())
              : JSON.createObjectNode().put("Version", "2012-10-17");
      if (!(tree instanceof ObjectNode whole)) {
        return Optional.empty();
      }
      List<JsonNode> before = PolicyStatements.of(whole);
      if (before.contains(looks()) && before.contains(writes())) {
        return policy;
      }
      List<JsonNode> all = new ArrayList<>(before);
      all.removeIf(this::isOfThisTrail);
      all.add(looks());
      all.add(writes());
      return Optional.of(PolicyStatements.with(whole, all));
    } catch (JacksonException notRead) {
      return Optional.empty();
    }
  }

  /// Another repository's trail may write to the same bucket.
  private boolean isOfThisTrail(JsonNode statement) {
    String sid = statement.path("Sid").asString("");
    String of = statement.path("Condition").path("StringEquals").path(SOURCE).asString("");
    return (sid.startsWith(LOOKS) || sid.startsWith(WRITES)) && of.equals(arn());
  }

  private String arn() {
    return Arn.ofTrail(trail, region, account);
  }

  private ObjectNode looks() {
    return statement(LOOKS, "s3:GetBucketAcl", Arn.ofBucket(bucket, region));
  }

  private ObjectNode writes() {
    ObjectNode statement =
        statement(
            WRITES, "s3:PutObject", Arn.ofBucket(bucket, region) + "/AWSLogs/" + account + "/*");
    ((ObjectNode) statement.path("Condition").path("StringEquals"))
        .put("s3:x-amz-acl", "bucket-owner-full-control");
    return statement;
  }

  private ObjectNode statement(String name, String action, String resource) {
    // In one policy no two statements have the same id.
    String sid = name + Integer.toHexString(arn().hashCode());
    ObjectNode statement = JSON.createObjectNode().put("Sid", sid).put("Effect", "Allow");
    statement.putObject("Principal").put("Service", "cloudtrail.amazonaws.com");
    statement.put("Action", action).put("Resource", resource);
    statement.putObject("Condition").putObject("StringEquals").put(SOURCE, arn());
    return statement;
  }
}
