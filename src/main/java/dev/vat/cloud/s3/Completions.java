package dev.vat.cloud.s3;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// Makes parts one object, on condition, and proves that it is made of them.
final class Completions {
  private final Bucket bucket;
  private final Lookups lookups;
  private final Looks looks;
  private final Sums sums;

  Completions(Bucket bucket, Lookups lookups, Looks looks, Sums sums) {
    this.bucket = bucket;
    this.lookups = lookups;
    this.looks = looks;
    this.sums = sums;
  }

  /// @param crc32 of the whole; empty where it is not known (a copy of somebody else's object)
  Written complete(
      String key,
      String uploadId,
      List<UploadedPart> parts,
      long sizeBytes,
      OptionalInt crc32,
      Guard guard)
      throws StoreException {
    Doing doing = new Doing("complete the upload of", key, "s3:PutObject and s3:GetObject");
    Completion completion = new Completion(key, uploadId, parts, sizeBytes, crc32, guard);
    return bucket
        .retries()
        .run(
            doing,
            maybeDone -> {
              try {
                return attemptCompletion(completion, maybeDone);
              } catch (FaultException e) {
                return afterRefusal(doing, completion, maybeDone, e);
              }
            });
  }

  /// What is made of which parts.
  record Completion(
      String key,
      String uploadId,
      List<UploadedPart> parts,
      long sizeBytes,
      OptionalInt crc32,
      Guard guard) {}

  private Written attemptCompletion(Completion completion, boolean maybeDone)
      throws FaultException, StoreException {
    boolean look =
        looks.neededFor(
            completion.guard(), Condition.COMPLETE_IF_ABSENT, Condition.COMPLETE_IF_UNCHANGED);
    return look
        ? looks.around(
            completion.key(),
            completion.guard(),
            maybeDone,
            there -> isOurs(there, completion),
            () -> completeOnce(completion, Optional.empty()))
        : new Written.Stored(completeOnce(completion, Optional.of(completion.guard())));
  }

  /// One attempt. Where the server takes no checksum of the whole, what came of the parts is
  /// compared with them.
  ///
  /// @param guard empty where nothing is asked of the server
  ETag completeOnce(Completion completion, Optional<Guard> guard)
      throws FaultException, StoreException {
    Doing doing = new Doing("complete the upload of", completion.key(), "");
    boolean knowsSums = completion.parts().stream().anyMatch(part -> part.crc32().isPresent());
    Sums.Attempt<ETag, StoreException> attempt =
        sum -> {
          CompleteMultipartUploadRequest request = request(completion, guard, sum);
          String etag = Calls.make(() -> bucket.client().completeMultipartUpload(request)).eTag();
          ETag version = bucket.version(doing, etag);
          if (sum == Sums.Kind.MD5) {
            compare(doing, completion, version);
          }
          return version;
        };
    // A server that gave the parts' sums back knows what it calls wrong.
    return knowsSums ? sums.attemptWhereUnknown(attempt) : sums.attempt(attempt);
  }

  /// The ETag of parts proves them, where the server makes it as S3 does; some make up a random
  /// one, which proves nothing and accuses nobody.
  private void compare(Doing doing, Completion completion, ETag version) throws StoreException {
    if (PartsEtag.of(completion.parts()).equals(Optional.of(version))) {
      return;
    }
    Optional<ObjectFacts> there = lookups.head(completion.key());
    boolean ours = there.isPresent() && there.get().summary().etag().equals(version);
    if (ours && there.get().summary().sizeBytes() != completion.sizeBytes()) {
      throw bucket
          .errors()
          .unexpected(
              doing,
              "made an object of "
                  + there.get().summary().sizeBytes()
                  + " bytes of parts that have "
                  + completion.sizeBytes()
                  + ". Do not trust that object; show this to whoever looks after the server");
    }
    sums.noteUnproven();
  }

  private CompleteMultipartUploadRequest request(
      Completion completion, Optional<Guard> guard, Sums.Kind sum) {
    boolean crc = sum == Sums.Kind.CRC32;
    List<CompletedPart> completed =
        completion.parts().stream()
            .map(
                part ->
                    CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(part.etag().quoted())
                        .checksumCRC32(crc ? header(part.crc32()) : null)
                        .build())
            .toList();
    CompleteMultipartUploadRequest.Builder request =
        CompleteMultipartUploadRequest.builder()
            .bucket(bucket.name())
            .key(completion.key())
            .uploadId(completion.uploadId())
            .multipartUpload(m -> m.parts(completed))
            .ifNoneMatch(guard.map(Guards::ifNoneMatch).orElse(null))
            .ifMatch(guard.map(Guards::ifMatch).orElse(null));
    return crc
        ? request
            .checksumType(ChecksumType.FULL_OBJECT)
            .checksumCRC32(header(completion.crc32()))
            .mpuObjectSize(completion.sizeBytes())
            .build()
        : request.build();
  }

  private static String header(OptionalInt crc32) {
    return crc32.isPresent() ? Crc.header(crc32.getAsInt()) : null;
  }

  private Written afterRefusal(
      Doing doing, Completion completion, boolean maybeDone, FaultException failed)
      throws FaultException, StoreException {
    if (!(failed.fault() instanceof Fault.Answered answered)) {
      throw failed;
    }
    if (answered.is("NoSuchUpload")) {
      // Also when an earlier run completed it and was cut before it heard so.
      Optional<ETag> ours = ourOwn(completion);
      if (ours.isEmpty()) {
        throw failed;
      }
      return new Written.Stored(ours.get());
    }
    if (answered.is("BadDigest", "XAmzContentChecksumMismatch")) {
      throw bucket
          .errors()
          .unexpected(
              doing,
              "found that the parts do not make the announced content: the file was changed while"
                  + " it was uploaded. Nothing was stored; run again to begin this upload anew");
    }
    if (Guards.refuses(completion.guard(), answered)) {
      Optional<ETag> ours = maybeDone ? ourOwn(completion) : Optional.empty();
      return ours.<Written>map(Written.Stored::new).orElseGet(Written.Refused::new);
    }
    throw failed;
  }

  /// The version under the key, if it is what these parts make.
  private Optional<ETag> ourOwn(Completion completion) throws StoreException {
    Optional<ObjectFacts> there = lookups.head(completion.key());
    return there.filter(facts -> isOurs(facts, completion)).map(facts -> facts.summary().etag());
  }

  private static boolean isOurs(ObjectFacts there, Completion completion) {
    if (there.summary().sizeBytes() != completion.sizeBytes()) {
      return false;
    }
    return there.crc32().isPresent() && completion.crc32().isPresent()
        ? there.crc32().equals(completion.crc32())
        : PartsEtag.of(completion.parts()).equals(Optional.of(there.summary().etag()));
  }
}
