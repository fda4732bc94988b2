package dev.vat.cloud.s3;

import dev.vat.cloud.ETag;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/// What S3 knows of one object, and what time it has.
final class Lookups {
  private final Bucket bucket;

  /// An answer to HEAD has no body, so a missing bucket looks like a missing object until the
  /// bucket has been seen once.
  private final AtomicBoolean bucketSeen = new AtomicBoolean();

  Lookups(Bucket bucket) {
    this.bucket = bucket;
  }

  Optional<ObjectFacts> head(String key) throws StoreException {
    return look(key).map(Look::facts);
  }

  /// This version of an object.
  ///
  /// @throws StoreException.Changed when the key now holds another one, or nothing
  ObjectFacts require(String key, ETag version) throws StoreException {
    return requireLook(key, version).facts();
  }

  /// As [#require], with all that S3 said.
  Look requireLook(String key, ETag version) throws StoreException {
    Optional<Look> look = look(key);
    if (look.isEmpty() || !look.get().facts().summary().etag().equals(version)) {
      throw bucket.errors().changed(key);
    }
    return look.get();
  }

  /// @param said S3's whole answer, for the headers that only a copy needs
  record Look(ObjectFacts facts, HeadObjectResponse said) {}

  private Optional<Look> look(String key) throws StoreException {
    Doing doing = new Doing("look at", key, "s3:GetObject and s3:ListBucket");
    return bucket.retries().run(doing, _ -> attemptHead(doing, key));
  }

  private Optional<Look> attemptHead(Doing doing, String key)
      throws FaultException, StoreException {
    try {
      HeadObjectResponse head =
          Calls.make(
              () ->
                  bucket
                      .client()
                      .headObject(
                          h ->
                              h.bucket(bucket.name()).key(key).checksumMode(ChecksumMode.ENABLED)));
      bucketSeen.set(true);
      if (head.contentLength() == null || head.lastModified() == null || head.eTag() == null) {
        // The line broke inside the head, and the JDK takes what had come for the whole.
        IOException half = new EOFException("half an answer");
        throw new FaultException(new Fault.Unanswered(half), half);
      }
      return Optional.of(new Look(facts(doing, key, head), head));
    } catch (FaultException e) {
      if (e.fault() instanceof Fault.Answered answered) {
        return withoutBody(key, answered, e);
      }
      throw e;
    }
  }

  /// Finds out what an answer without a body means, by a request whose answer has one.
  private Optional<Look> withoutBody(String key, Fault.Answered head, FaultException failed)
      throws FaultException {
    switch (head.status()) {
      case 404 -> {
        if (!bucketSeen.get()) {
          requireBucket(key);
        }
        return Optional.empty();
      }
      case 301, 400, 403 -> {
        listOne(key);
        throw failed;
      }
      default -> throw failed;
    }
  }

  private void requireBucket(String key) throws FaultException {
    try {
      listOne(key);
      bucketSeen.set(true);
    } catch (FaultException e) {
      boolean denied = e.fault() instanceof Fault.Answered answered && answered.status() == 403;
      // Who may not list, but was told 404, was told the truth by a server less strict than S3.
      if (!denied) {
        throw e;
      }
    }
  }

  private ListObjectsV2Response listOne(String prefix) throws FaultException {
    return Calls.make(
        () ->
            bucket.client().listObjectsV2(l -> l.bucket(bucket.name()).prefix(prefix).maxKeys(1)));
  }

  Instant serverTime(String prefix) throws StoreException {
    Doing doing = new Doing("ask for the time at", prefix, "s3:ListBucket");
    ListObjectsV2Response answer = bucket.retries().run(doing, _ -> listOne(prefix));
    Optional<Instant> date =
        answer.sdkHttpResponse().firstMatchingHeader("Date").flatMap(Calls::httpDate);
    if (date.isEmpty()) {
      throw bucket.errors().unexpected(doing, "does not tell the time");
    }
    return date.get();
  }

  private ObjectFacts facts(Doing doing, String key, HeadObjectResponse head)
      throws StoreException {
    ETag version = bucket.version(doing, head.eTag());
    StorageClass storageClass = StorageClass.told(head.storageClassAsString());
    String encryption = head.serverSideEncryptionAsString();
    return new ObjectFacts(
        new ObjectSummary(
            key,
            head.contentLength(),
            version,
            head.lastModified(),
            storageClass,
            Thaws.told(storageClass, head.restore())),
        MetadataText.decode(head.metadata()),
        Optional.ofNullable(head.contentType()),
        wholeCrc(head),
        head.sseCustomerAlgorithm() != null
            || encryption != null && encryption.startsWith("aws:kms"));
  }

  private static OptionalInt wholeCrc(HeadObjectResponse head) {
    return head.checksumType() == ChecksumType.COMPOSITE
        ? OptionalInt.empty()
        : Crc.of(head.checksumCRC32());
  }
}
