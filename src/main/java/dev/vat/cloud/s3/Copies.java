package dev.vat.cloud.s3;

import dev.vat.cloud.Condition;
import dev.vat.cloud.CopyAttributes;
import dev.vat.cloud.CopyWatch;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Written;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/// Copies inside the bucket; the bytes stay in S3. What fits goes in one request, the rest
/// [in parts][PartCopies].
final class Copies {
  private final Bucket bucket;
  private final Lookups lookups;
  private final PartCopies inParts;
  private final Tuning tuning;
  private final Looks looks;

  Copies(Bucket bucket, Lookups lookups, PartCopies inParts, Tuning tuning, Looks looks) {
    this.bucket = bucket;
    this.lookups = lookups;
    this.inParts = inParts;
    this.tuning = tuning;
    this.looks = looks;
  }

  /// What is copied to where.
  ///
  /// @param source as S3 told it, in the version that must be copied
  record Job(Lookups.Look source, String target, CopyAttributes attributes, Guard guard) {
    String key() {
      return source.facts().summary().key();
    }

    ETag version() {
      return source.facts().summary().etag();
    }

    long sizeBytes() {
      return source.facts().summary().sizeBytes();
    }

    boolean ontoItself() {
      return key().equals(target);
    }

    Doing doing() {
      return new Doing(
          ontoItself() ? "move to " + attributes.storageClass() : "copy to",
          target,
          "s3:PutObject, s3:GetObject, s3:PutObjectTagging and s3:GetObjectTagging");
    }

    /// Whether an object is what this makes. An ETag of parts changes when S3 copies the object at
    /// once, so sums, metadata and class are compared.
    boolean made(ObjectFacts target) {
      ObjectFacts from = source.facts();
      if (from.summary().sizeBytes() != target.summary().sizeBytes()
          || !from.metadata().equals(target.metadata())
          || !target.summary().storageClass().equals(attributes.storageClass())) {
        return false;
      }
      return from.crc32().isPresent() && target.crc32().isPresent()
          ? from.crc32().equals(target.crc32())
          : from.summary().etag().equals(target.summary().etag());
    }
  }

  /// Looks at the target first, because not every S3-compatible server minds a condition on a
  /// copy's target; on one that does, nothing can come between.
  Written copy(
      String sourceKey,
      ETag version,
      String targetKey,
      CopyAttributes attributes,
      Guard guard,
      CopyWatch watch)
      throws StoreException {
    Job job = new Job(lookups.requireLook(sourceKey, version), targetKey, attributes, guard);
    Optional<ETag> there = job.ontoItself() ? Optional.of(version) : versionOf(targetKey);
    if (!Guards.holds(guard, there)) {
      return new Written.Refused();
    }
    if (job.sizeBytes() > tuning.copyAtOnceBytes()) {
      return inParts.copy(job, watch);
    }
    Written written = atOnce(job);
    watch.copied(job.sizeBytes());
    return written;
  }

  private Optional<ETag> versionOf(String key) throws StoreException {
    return lookups.head(key).map(there -> there.summary().etag());
  }

  private Written atOnce(Job job) throws StoreException {
    return bucket
        .retries()
        .run(
            job.doing(),
            maybeDone -> {
              try {
                return looks.lacks(Condition.COPY_IF_ABSENT)
                    ? looks.around(
                        job.target(),
                        job.guard(),
                        maybeDone,
                        job::made,
                        () -> copyOnce(job, Optional.empty()))
                    : new Written.Stored(copyOnce(job, Optional.of(job.guard())));
              } catch (FaultException e) {
                return afterRefusal(job, maybeDone, e);
              }
            });
  }

  /// One attempt, for finding out what the server minds.
  ETag copyPlainly(String sourceKey, ETag version, String targetKey, Guard guard)
      throws FaultException, StoreException {
    Lookups.Look source = lookups.requireLook(sourceKey, version);
    CopyAttributes plain = CopyAttributes.in(StorageClass.STANDARD);
    return copyOnce(new Job(source, targetKey, plain, guard), Optional.of(guard));
  }

  /// @param guard on the target; empty where nothing is asked of the server
  private ETag copyOnce(Job job, Optional<Guard> guard) throws FaultException, StoreException {
    CopyObjectRequest.Builder request =
        CopyObjectRequest.builder()
            .sourceBucket(bucket.name())
            .sourceKey(job.key())
            .copySourceIfMatch(job.version().quoted())
            .destinationBucket(bucket.name())
            .destinationKey(job.target())
            .metadataDirective(MetadataDirective.COPY)
            .storageClass(storageClass(job))
            .ifNoneMatch(guard.map(Guards::ifNoneMatch).orElse(null))
            .ifMatch(guard.map(Guards::ifMatch).orElse(null));
    job.attributes()
        .tags()
        .ifPresent(
            tags ->
                request.taggingDirective(TaggingDirective.REPLACE).tagging(TagCalls.inS3(tags)));
    Encryption.of(job.source().said())
        .ifPresent(kept -> request.serverSideEncryption(kept.kind()).ssekmsKeyId(kept.key()));
    String etag =
        Calls.make(() -> bucket.client().copyObject(request.build()).copyObjectResult().eTag());
    return bucket.version(job.doing(), etag);
  }

  /// Named also where it is STANDARD when a key is copied onto itself: S3 refuses one that changes
  /// nothing.
  private static String storageClass(Job job) {
    return job.ontoItself()
        ? job.attributes().storageClass().word()
        : StorageClasses.header(job.attributes().storageClass());
  }

  /// The same 412 and 404 stand for the source and for the target, and after a lost answer to a
  /// copy onto itself the source is our own copy, which may be frozen; a look tells which.
  private Written afterRefusal(Job job, boolean maybeDone, FaultException failed)
      throws FaultException, StoreException {
    boolean frozen = Thaws.meansFrozen(failed.fault());
    boolean conditionFailed =
        failed.fault() instanceof Fault.Answered answered
            && (answered.status() == 412
                || answered.status() == 404 && !answered.is("NoSuchBucket"));
    if (!frozen && !conditionFailed) {
      throw failed;
    }
    if (!job.ontoItself()) {
      lookups.require(job.key(), job.version());
    }
    Optional<ObjectFacts> target = lookups.head(job.target());
    if (maybeDone && target.isPresent() && job.made(target.get())) {
      return new Written.Stored(target.get().summary().etag());
    }
    if (job.ontoItself()) {
      lookups.require(job.key(), job.version());
    }
    if (frozen) {
      throw Thaws.frozen(lookups, bucket.errors(), job.doing(), job.key());
    }
    if (Guards.holds(job.guard(), target.map(there -> there.summary().etag()))) {
      throw failed;
    }
    return new Written.Refused();
  }
}
