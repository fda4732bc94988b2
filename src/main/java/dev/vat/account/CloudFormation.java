package dev.vat.account;

import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.RuleMoment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The same set-up as a CloudFormation template, for those who keep their account so. It makes new
/// buckets; what is in them stays when the stack goes. An AWS account has one of each template's
/// buckets, so it is printed and never applied here.
///
/// Source: AWS CloudFormation Template Reference, AWS::S3::Bucket, AWS::S3::BucketPolicy,
/// AWS::IAM::ManagedPolicy, AWS::CloudTrail::Trail.
public final class CloudFormation {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final String VERSION = "2012-10-17";

  private final ObjectNode template =
      JSON.createObjectNode()
          .put("AWSTemplateFormatVersion", "2010-09-09")
          .put("Description", "Buckets of vat (Video Asset Tools), and who may do what in them");
  private final ObjectNode resources = template.putObject("Resources");

  private CloudFormation() {}

  /// @param region empty when not known: it tells AWS's partition
  /// @param policies by the name of the resource, in JSON
  /// @param audit whether every write and removal below the prefixes is logged by CloudTrail, into
  ///     a bucket of its own
  /// @return the template in JSON, indented
  public static String template(
      List<WantedBucket> buckets, String region, Map<String, String> policies, boolean audit) {
    CloudFormation made = new CloudFormation();
    Map<String, WantedBucket> named = new TreeMap<>();
    buckets.forEach(bucket -> named.put(name(bucket), bucket));
    named.forEach((name, bucket) -> made.bucket(name, bucket, region));
    new TreeMap<>(policies).forEach(made::policy);
    if (audit) {
      new AuditTrail(made.resources, region).of(buckets);
    }
    return JSON.writeValueAsString(made.template);
  }

  private static String name(WantedBucket bucket) {
    return bucket.uses().size() > 1
        ? "Bucket"
        : switch (bucket.uses().getFirst()) {
          case BucketUse.Archives _ -> "ArchiveBucket";
          case BucketUse.Sharing _ -> "SharingBucket";
        };
  }

  private void bucket(String name, WantedBucket bucket, String region) {
    ObjectNode properties = bucket(resources, name).put("BucketName", bucket.name());
    if (bucket.versions()) {
      properties.putObject("VersioningConfiguration").put("Status", "Enabled");
    }
    ArrayNode rules = properties.putObject("LifecycleConfiguration").putArray("Rules");
    bucket.rules().forEach(rule -> write(rule, rules.addObject()));
    ObjectNode document = JSON.createObjectNode().put("Version", VERSION);
    document.putArray("Statement").add(TlsPolicy.in(bucket.name(), region).statement());
    ObjectNode policy = resource(resources, name + "Policy", "AWS::S3::BucketPolicy");
    policy.putObject("Bucket").put("Ref", name);
    policy.set("PolicyDocument", document);
  }

  /// A private, encrypted bucket that stays when the stack goes.
  ///
  /// @return its properties
  static ObjectNode bucket(ObjectNode resources, String name) {
    ObjectNode properties = resource(resources, name, "AWS::S3::Bucket");
    ((ObjectNode) resources.get(name))
        .put("DeletionPolicy", "Retain")
        .put("UpdateReplacePolicy", "Retain");
    ObjectNode blocked = properties.putObject("PublicAccessBlockConfiguration");
    List.of("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
        .forEach(each -> blocked.put(each, true));
    properties
        .putObject("BucketEncryption")
        .putArray("ServerSideEncryptionConfiguration")
        .addObject()
        .putObject("ServerSideEncryptionByDefault")
        .put("SSEAlgorithm", "AES256");
    return properties;
  }

  /// @return its properties
  static ObjectNode resource(ObjectNode resources, String name, String type) {
    return resources.putObject(name).put("Type", type).putObject("Properties");
  }

  private static void write(LifecycleRule rule, ObjectNode to) {
    to.put("Id", rule.id()).put("Status", rule.enabled() ? "Enabled" : "Disabled");
    if (!rule.filter().prefix().isEmpty()) {
      to.put("Prefix", rule.filter().prefix());
    }
    if (!rule.filter().tags().isEmpty()) {
      ArrayNode tags = to.putArray("TagFilters");
      rule.filter().tags().forEach((k, v) -> tags.addObject().put("Key", k).put("Value", v));
    }
    if (!rule.transitions().isEmpty()) {
      ArrayNode transitions = to.putArray("Transitions");
      rule.transitions().forEach(t -> transition(t, transitions.addObject()));
    }
    rule.noncurrent()
        .expireDays()
        .ifPresent(days -> to.putObject("NoncurrentVersionExpiration").put("NoncurrentDays", days));
    if (rule.clearsMarkers()) {
      to.put("ExpiredObjectDeleteMarker", true);
    }
    rule.abortDays()
        .ifPresent(
            days ->
                to.putObject("AbortIncompleteMultipartUpload").put("DaysAfterInitiation", days));
  }

  private static void transition(LifecycleRule.Transition transition, ObjectNode to) {
    to.put("StorageClass", transition.storageClass());
    switch (transition.when()) {
      case RuleMoment.After after -> to.put("TransitionInDays", after.days());
      case RuleMoment.On on -> to.put("TransitionDate", on.date().toString());
    }
  }

  private void policy(String name, String document) {
    ObjectNode policy = resource(resources, name, "AWS::IAM::ManagedPolicy");
    policy.put("Description", "What vat needs, and no more");
    policy.set("PolicyDocument", JSON.readTree(document));
  }
}
