package dev.vat.cloud.s3;

import dev.vat.cloud.ETag;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Thaw;
import dev.vat.cloud.ThawAnswer;
import dev.vat.cloud.ThawTier;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.Tier;

/// Asks for thaws and reads what S3 says of them. (S3 calls both this and bringing something home
/// "restore"; here it is a thaw.)
///
/// Source: Amazon S3 API Reference, RestoreObject, and `x-amz-restore` of HeadObject.
final class Thaws {
  private static final Pattern UNDER_WAY = Pattern.compile("ongoing-request=\"(true|false)\"");
  private static final Pattern UNTIL = Pattern.compile("expiry-date=\"([^\"]*)\"");
  private static final int ACCEPTED = 202;

  private final Bucket bucket;
  private final Lookups lookups;

  Thaws(Bucket bucket, Lookups lookups) {
    this.bucket = bucket;
    this.lookups = lookups;
  }

  /// @param restore S3's header; null where it sends none
  static Thaw told(StorageClass storageClass, String restore) {
    if (restore == null) {
      return Thaw.of(storageClass);
    }
    Matcher underWay = UNDER_WAY.matcher(restore);
    Matcher until = UNTIL.matcher(restore);
    boolean inProgress = underWay.find() && underWay.group(1).equals("true");
    Optional<Instant> expiry =
        until.find() ? Calls.httpDate(until.group(1)) : Optional.<Instant>empty();
    return Thaw.of(storageClass, inProgress, expiry);
  }

  ThawAnswer thaw(String key, ETag version, int days, ThawTier tier) throws StoreException {
    if (days < 1) {
      throw new IllegalArgumentException("a thaw is for days, not " + days);
    }
    ObjectSummary object = lookups.require(key, version).summary();
    StorageClass from = object.storageClass();
    if (!from.isFrozenClass()) {
      return new ThawAnswer.NotFrozen();
    }
    if (tier.typicalWait(from).isEmpty()) {
      throw new IllegalArgumentException("S3 does not thaw " + from + " by " + tier.word());
    }
    Doing doing = new Doing("thaw", key, "s3:RestoreObject");
    return bucket
        .retries()
        .run(
            doing,
            maybeDone -> {
              try {
                int status = Calls.make(() -> ask(key, days, tier));
                return status == ACCEPTED ? new ThawAnswer.Begun() : kept(key, version);
              } catch (FaultException e) {
                return afterRefusal(e, maybeDone);
              }
            });
  }

  private int ask(String key, int days, ThawTier tier) {
    return bucket
        .client()
        .restoreObject(
            r ->
                r.bucket(bucket.name())
                    .key(key)
                    .restoreRequest(
                        q -> q.days(days).glacierJobParameters(j -> j.tier(inS3(tier)))))
        .sdkHttpResponse()
        .statusCode();
  }

  private static Tier inS3(ThawTier tier) {
    return switch (tier) {
      case EXPEDITED -> Tier.EXPEDITED;
      case STANDARD -> Tier.STANDARD;
      case BULK -> Tier.BULK;
    };
  }

  private ThawAnswer kept(String key, ETag version) throws StoreException {
    return switch (lookups.require(key, version).summary().thaw()) {
      case Thaw.Thawed thawed -> new ThawAnswer.Kept(thawed.until());
      // It answers 200, so something was thawed; another request may have come between.
      case Thaw.Thawing _, Thaw.Frozen _ -> new ThawAnswer.UnderWay();
      case Thaw.NotFrozen _ -> new ThawAnswer.NotFrozen();
    };
  }

  /// @param maybeDone whether it may be our own earlier attempt that is in progress
  private static ThawAnswer afterRefusal(FaultException failed, boolean maybeDone)
      throws FaultException {
    if (failed.fault() instanceof Fault.Answered answered) {
      if (answered.is("RestoreAlreadyInProgress")) {
        return maybeDone ? new ThawAnswer.Begun() : new ThawAnswer.UnderWay();
      }
      if (answered.is("GlacierExpeditedRetrievalNotAvailable")) {
        return new ThawAnswer.NoCapacity();
      }
    }
    throw failed;
  }

  /// Why an object cannot be read or copied, by a look at it: S3's answer alone does not tell how
  /// its thaw stands.
  static StoreException frozen(Lookups lookups, S3Errors errors, Doing doing, String key)
      throws StoreException {
    Optional<ObjectFacts> there = lookups.head(key);
    return there.isEmpty() ? errors.changed(key) : errors.frozen(doing, there.get().summary());
  }

  /// Whether S3 says that something has to be thawed first.
  static boolean meansFrozen(Fault fault) {
    return fault instanceof Fault.Answered answered
        && answered.is("InvalidObjectState", "ObjectNotInActiveTierError");
  }
}
