package dev.vat.account;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Who wrote and removed what: a trail of CloudTrail with the data events of our prefixes, and the
/// bucket that it writes to.
///
/// Source: AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail" and "Logging data
/// events".
final class AuditTrail {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String BUCKET = "AuditBucket";
  private static final String POLICY = "AuditBucketPolicy";

  private final ObjectNode resources;
  private final String region;

  AuditTrail(ObjectNode resources, String region) {
    this.resources = resources;
    this.region = region;
  }

  void of(List<WantedBucket> buckets) {
    CloudFormation.bucket(resources, BUCKET);
    policy();
    ObjectNode trail = CloudFormation.resource(resources, "AuditTrail", "AWS::CloudTrail::Trail");
    ((ObjectNode) resources.get("AuditTrail")).putArray("DependsOn").add(POLICY);
    trail.put("IsLogging", true).putObject("S3BucketName").put("Ref", BUCKET);
    // Removals and writes only: reads are the most, and change nothing.
    ObjectNode selector = trail.putArray("EventSelectors").addObject();
    selector.put("ReadWriteType", "WriteOnly").put("IncludeManagementEvents", false);
    ObjectNode data = selector.putArray("DataResources").addObject().put("Type", "AWS::S3::Object");
    ArrayNode values = data.putArray("Values");
    for (WantedBucket bucket : buckets) {
      bucket
          .uses()
          .forEach(use -> values.add(Arn.ofBucket(bucket.name(), region) + "/" + use.prefix()));
    }
  }

  private void policy() {
    ObjectNode properties = CloudFormation.resource(resources, POLICY, "AWS::S3::BucketPolicy");
    properties.putObject("Bucket").put("Ref", BUCKET);
    ObjectNode document = properties.putObject("PolicyDocument").put("Version", "2012-10-17");
    ArrayNode statements = document.putArray("Statement");
    ObjectNode looks = allow(statements, "s3:GetBucketAcl");
    looks.putObject("Resource").putArray("Fn::GetAtt").add(BUCKET).add("Arn");
    ObjectNode writes = allow(statements, "s3:PutObject");
    writes
        .putObject("Resource")
        .put("Fn::Sub", "${" + BUCKET + ".Arn}/AWSLogs/${AWS::AccountId}/*");
    writes
        .putObject("Condition")
        .putObject("StringEquals")
        .put("s3:x-amz-acl", "bucket-owner-full-control")
        .set("aws:SourceAccount", JSON.createObjectNode().put("Ref", "AWS::AccountId"));
  }

  private static ObjectNode allow(ArrayNode statements, String action) {
    ObjectNode statement = statements.addObject().put("Effect", "Allow");
    statement.putObject("Principal").put("Service", "cloudtrail.amazonaws.com");
    return statement.put("Action", action);
  }
}
