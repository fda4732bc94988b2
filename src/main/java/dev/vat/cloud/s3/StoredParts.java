package dev.vat.cloud.s3;

import dev.vat.cloud.ETag;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.StoredPart;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/// What S3 knows of the parts that an object was made of. Source: Amazon S3 API Reference,
/// HeadObject, on `partNumber` and `x-amz-mp-parts-count`.
final class StoredParts {
  private final Bucket bucket;

  StoredParts(Bucket bucket) {
    this.bucket = bucket;
  }

  Optional<StoredPart> part(String key, ETag version, int number) throws StoreException {
    Doing doing = new Doing("look at the parts of", key, "s3:GetObject");
    return bucket.retries().run(doing, _ -> attempt(doing, key, version, number));
  }

  private Optional<StoredPart> attempt(Doing doing, String key, ETag version, int number)
      throws FaultException, StoreException {
    try {
      HeadObjectResponse head =
          Calls.make(
              () ->
                  bucket
                      .client()
                      .headObject(
                          h ->
                              h.bucket(bucket.name())
                                  .key(key)
                                  .ifMatch(version.quoted())
                                  .partNumber(number)));
      // Not every server minds `If-Match` here; all of them name the version.
      if (!bucket.version(doing, head.eTag()).equals(version)) {
        throw bucket.errors().changed(key);
      }
      return Optional.ofNullable(head.partsCount())
          .map(parts -> new StoredPart(head.contentLength(), parts));
    } catch (FaultException e) {
      if (e.fault() instanceof Fault.Answered answered) {
        switch (answered.status()) {
          case 404, 412 -> throw bucket.errors().changed(key);
          // Servers that do not know the question, or have no such part.
          case 400, 405, 416, 501 -> {
            return Optional.empty();
          }
          default -> throw e;
        }
      }
      throw e;
    }
  }
}
