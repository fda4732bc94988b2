package dev.vat.account;

import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.LifecycleRules;
import dev.vat.cloud.StoreException;
import java.util.Optional;

/// What a bucket is, as far as the server tells.
///
/// @param region empty when there is no such bucket; nothing else is known then
/// @param encryption S3's word
/// @param policy in JSON
public record FoundBucket(
    Optional<BucketSettings.Region> region,
    Reading<Boolean> publicAccessBlocked,
    Reading<Optional<String>> encryption,
    Reading<Optional<String>> policy,
    Reading<BucketSettings.Versioning> versioning,
    Reading<LifecycleRules> lifecycle) {
  /// What does not exist yet: bare.
  static final FoundBucket NONE =
      new FoundBucket(
          Optional.empty(),
          new Reading.Known<>(false),
          new Reading.Known<>(Optional.empty()),
          new Reading.Known<>(Optional.empty()),
          new Reading.Known<>(BucketSettings.Versioning.OFF),
          new Reading.Known<>(LifecycleRules.NONE));

  /// Looks, in six requests; changes nothing.
  public static FoundBucket of(BucketSettings bucket) throws StoreException {
    Optional<BucketSettings.Region> region = bucket.region();
    if (region.isEmpty()) {
      return NONE;
    }
    return new FoundBucket(
        region,
        Reading.of(bucket::isPublicAccessBlocked),
        Reading.of(bucket::encryption),
        Reading.of(bucket::policy),
        Reading.of(bucket::versioning),
        Reading.of(bucket::lifecycle));
  }
}
