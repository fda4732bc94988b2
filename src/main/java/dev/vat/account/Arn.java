package dev.vat.account;

/// The names that AWS's policies know buckets by.
///
/// Source: AWS General Reference, "Amazon Resource Names": partitions.
final class Arn {
  private Arn() {}

  /// @param region empty when not known
  static String ofBucket(String bucket, String region) {
    String partition =
        region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    return "arn:" + partition + ":s3:::" + bucket;
  }
}
