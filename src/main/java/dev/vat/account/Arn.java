package dev.vat.account;

/// The names that AWS's policies know things by.
///
/// Source: AWS General Reference, "Amazon Resource Names": partitions.
final class Arn {
  private Arn() {}

  /// @param region empty when not known
  static String ofBucket(String bucket, String region) {
    return "arn:" + partition(region) + ":s3:::" + bucket;
  }

  /// @param account its number
  static String ofTrail(String trail, String region, String account) {
    return "arn:" + partition(region) + ":cloudtrail:" + region + ":" + account + ":trail/" + trail;
  }

  private static String partition(String region) {
    return region.startsWith("cn-")
        ? "aws-cn"
        : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }
}
