package dev.vat.cloud.s3;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/// Copies inside the bucket; the bytes stay in S3.
final class Copies {
  /// S3 does the work, and a part takes it seconds: more at once would only fill its limits.
  private static final int PARTS_AT_ONCE = 4;

  /// What S3 itself assumes.
  private static final String UNKNOWN_TYPE = "binary/octet-stream";

  private final Bucket bucket;
  private final Lookups lookups;
  private final Uploads uploads;
  private final Completions completions;
  private final Tuning tuning;
  private final Looks looks;

  Copies(
      Bucket bucket,
      Lookups lookups,
      Uploads uploads,
      Completions completions,
      Tuning tuning,
      Looks looks) {
    this.bucket = bucket;
    this.lookups = lookups;
    this.uploads = uploads;
    this.completions = completions;
    this.tuning = tuning;
    this.looks = looks;
  }

  /// Looks at the target first, because not every S3-compatible server minds a condition on a
  /// copy's target; on one that does, nothing can come between.
  Written copy(String sourceKey, ETag version, String targetKey, Guard guard)
      throws StoreException {
    ObjectFacts source = requireSource(sourceKey, version);
    if (!Guards.holds(guard, versionOf(targetKey))) {
      return new Written.Refused();
    }
    return source.summary().sizeBytes() <= tuning.copyAtOnceBytes()
        ? atOnce(source, targetKey, guard)
        : inParts(source, targetKey, guard);
  }

  private ObjectFacts requireSource(String key, ETag version) throws StoreException {
    Optional<ObjectFacts> source = lookups.head(key);
    if (source.isEmpty() || !source.get().summary().etag().equals(version)) {
      throw bucket.errors().changed(key);
    }
    return source.get();
  }

  private Optional<ETag> versionOf(String key) throws StoreException {
    return lookups.head(key).map(there -> there.summary().etag());
  }

  private Written atOnce(ObjectFacts source, String targetKey, Guard guard) throws StoreException {
    String sourceKey = source.summary().key();
    ETag version = source.summary().etag();
    Doing doing = new Doing("copy to", targetKey, "s3:PutObject and s3:GetObject");
    return bucket
        .retries()
        .run(
            doing,
            maybeDone -> {
              try {
                return looks.lacks(Condition.COPY_IF_ABSENT)
                    ? looks.around(
                        targetKey,
                        guard,
                        maybeDone,
                        there -> isCopy(source, there),
                        () -> copyOnce(sourceKey, version, targetKey, Optional.empty()))
                    : new Written.Stored(
                        copyOnce(sourceKey, version, targetKey, Optional.of(guard)));
              } catch (FaultException e) {
                return afterRefusal(source, targetKey, guard, maybeDone, e);
              }
            });
  }

  /// One attempt.
  ///
  /// @param guard on the target; empty where nothing is asked of the server
  ETag copyOnce(String sourceKey, ETag version, String targetKey, Optional<Guard> guard)
      throws FaultException, StoreException {
    String etag =
        Calls.make(
            () ->
                bucket
                    .client()
                    .copyObject(
                        c ->
                            c.sourceBucket(bucket.name())
                                .sourceKey(sourceKey)
                                .copySourceIfMatch(version.quoted())
                                .destinationBucket(bucket.name())
                                .destinationKey(targetKey)
                                .metadataDirective(MetadataDirective.COPY)
                                .ifNoneMatch(guard.map(Guards::ifNoneMatch).orElse(null))
                                .ifMatch(guard.map(Guards::ifMatch).orElse(null)))
                    .copyObjectResult()
                    .eTag());
    return bucket.version(new Doing("copy to", targetKey, ""), etag);
  }

  /// The same 412 and 404 stand for the source and for the target; a look at both tells which.
  private Written afterRefusal(
      ObjectFacts source, String targetKey, Guard guard, boolean maybeDone, FaultException failed)
      throws FaultException, StoreException {
    boolean conditionFailed =
        failed.fault() instanceof Fault.Answered answered
            && (answered.status() == 412
                || answered.status() == 404 && !answered.is("NoSuchBucket"));
    if (!conditionFailed) {
      throw failed;
    }
    requireSource(source.summary().key(), source.summary().etag());
    Optional<ObjectFacts> target = lookups.head(targetKey);
    if (maybeDone && target.isPresent() && isCopy(source, target.get())) {
      return new Written.Stored(target.get().summary().etag());
    }
    if (Guards.holds(guard, target.map(there -> there.summary().etag()))) {
      throw failed;
    }
    return new Written.Refused();
  }

  /// An ETag of parts changes when S3 copies the object at once, so sums and metadata are compared.
  private static boolean isCopy(ObjectFacts source, ObjectFacts target) {
    if (source.summary().sizeBytes() != target.summary().sizeBytes()
        || !source.metadata().equals(target.metadata())) {
      return false;
    }
    return source.crc32().isPresent() && target.crc32().isPresent()
        ? source.crc32().equals(target.crc32())
        : source.summary().etag().equals(target.summary().etag());
  }

  private Written inParts(ObjectFacts source, String targetKey, Guard guard) throws StoreException {
    ObjectAttributes attributes =
        new ObjectAttributes(source.contentType().orElse(UNKNOWN_TYPE), source.metadata());
    String uploadId = uploads.create(targetKey, attributes);
    Written written = new Written.Refused();
    try {
      List<UploadedPart> parts = copyParts(source, targetKey, uploadId);
      written =
          completions.complete(
              targetKey, uploadId, parts, source.summary().sizeBytes(), source.crc32(), guard);
    } catch (StoreException e) {
      abortAfter(e, targetKey, uploadId);
      throw e;
    }
    if (written instanceof Written.Refused) {
      uploads.abort(targetKey, uploadId);
    }
    return written;
  }

  /// The first failure is the one to report; a second one, while tidying up, goes with it.
  private void abortAfter(StoreException failure, String key, String uploadId) {
    try {
      uploads.abort(key, uploadId);
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
  }

  private List<UploadedPart> copyParts(ObjectFacts source, String targetKey, String uploadId)
      throws StoreException {
    long size = source.summary().sizeBytes();
    List<Future<UploadedPart>> running = new ArrayList<>();
    try (ExecutorService copying =
        Executors.newFixedThreadPool(PARTS_AT_ONCE, Thread.ofVirtual().factory())) {
      long offset = 0;
      for (int number = 1; offset < size; number++) {
        PartCopy part =
            new PartCopy(number, offset, Math.min(tuning.copyPartBytes(), size - offset));
        running.add(copying.submit(() -> copyPart(source, targetKey, uploadId, part)));
        offset += part.length();
      }
      try {
        List<UploadedPart> parts = new ArrayList<>();
        for (Future<UploadedPart> part : running) {
          parts.add(part.get());
        }
        return parts;
      } catch (ExecutionException e) {
        copying.shutdownNow();
        throw failure(e.getCause());
      } catch (InterruptedException e) {
        copying.shutdownNow();
        Thread.currentThread().interrupt();
        throw bucket.errors().stopped(new Doing("copy to", targetKey, ""), e);
      }
    }
  }

  private static StoreException failure(Throwable cause) {
    return switch (cause) {
      case StoreException store -> store;
      case RuntimeException bug -> throw bug;
      case Error bug -> throw bug;
      default -> throw new IllegalStateException(cause);
    };
  }

  private record PartCopy(int number, long offset, long length) {}

  private UploadedPart copyPart(
      ObjectFacts source, String targetKey, String uploadId, PartCopy part) throws StoreException {
    Doing doing =
        new Doing("copy part " + part.number() + " to", targetKey, "s3:PutObject and s3:GetObject");
    return bucket
        .retries()
        .run(
            doing,
            _ -> {
              try {
                CopyPartResult result =
                    Calls.make(() -> copyPartOnce(source, targetKey, uploadId, part));
                return new UploadedPart(
                    part.number(),
                    part.length(),
                    bucket.version(doing, result.eTag()),
                    Crc.of(result.checksumCRC32()));
              } catch (FaultException e) {
                if (e.fault() instanceof Fault.Answered answered && answered.status() == 412) {
                  throw bucket.errors().changed(source.summary().key());
                }
                throw e;
              }
            });
  }

  private CopyPartResult copyPartOnce(
      ObjectFacts source, String targetKey, String uploadId, PartCopy part) {
    return bucket
        .client()
        .uploadPartCopy(
            c ->
                c.sourceBucket(bucket.name())
                    .sourceKey(source.summary().key())
                    .copySourceIfMatch(source.summary().etag().quoted())
                    .copySourceRange(
                        "bytes=" + part.offset() + "-" + (part.offset() + part.length() - 1))
                    .destinationBucket(bucket.name())
                    .destinationKey(targetKey)
                    .uploadId(uploadId)
                    .partNumber(part.number()))
        .copyPartResult();
  }
}
