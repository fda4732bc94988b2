package dev.vat.cloud.s3;

import dev.vat.cloud.ETag;
import dev.vat.cloud.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/// The tags of objects, and what becomes of them on a server that has none.
final class TagCalls {
  private final Bucket bucket;
  private final Lookups lookups;
  private final boolean mayLack;
  private final AtomicInteger untagged = new AtomicInteger();
  private volatile boolean lacking;

  /// @param mayLack false for Amazon S3 itself, where a refusal means something else
  TagCalls(Bucket bucket, Lookups lookups, boolean mayLack) {
    this.bucket = bucket;
    this.lookups = lookups;
    this.mayLack = mayLack;
  }

  /// One write with these tags.
  ///
  /// @param <X> what is no matter of the network
  interface Attempt<T, X extends IOException> {
    /// @param tags for the header; null for none
    T run(Tagging tags) throws FaultException, X;
  }

  /// Makes an attempt, and one without tags where the server knows none: a content that is not
  /// stored for want of a tag helps nobody.
  <T, X extends IOException> T attempt(Map<String, String> tags, Attempt<T, X> attempt)
      throws FaultException, X {
    if (tags.isEmpty()) {
      return attempt.run(null);
    }
    if (!lacking) {
      try {
        return attempt.run(inS3(tags));
      } catch (FaultException e) {
        if (!mayLack || !meansUnknown(e.fault())) {
          throw e;
        }
      }
    }
    T result = attempt.run(null);
    lacking = true;
    untagged.incrementAndGet();
    return result;
  }

  private static boolean meansUnknown(Fault fault) {
    return fault instanceof Fault.Answered answered
        && (answered.status() == 501
            || answered.status() == 400
                && answered.is("", "InvalidArgument", "InvalidHeader", "UnsupportedHeader"));
  }

  static Tagging inS3(Map<String, String> tags) {
    List<Tag> set =
        tags.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    return Tagging.builder().tagSet(set).build();
  }

  Map<String, String> of(String key, ETag version) throws StoreException {
    lookups.require(key, version);
    return bucket
        .retries()
        .run(
            new Doing("read the tags of", key, "s3:GetObjectTagging"),
            _ ->
                Calls.make(
                        () ->
                            bucket.client().getObjectTagging(t -> t.bucket(bucket.name()).key(key)))
                    .tagSet()
                    .stream()
                    .collect(Collectors.toMap(Tag::key, Tag::value, (_, last) -> last)));
  }

  void replace(String key, ETag version, Map<String, String> tags) throws StoreException {
    lookups.require(key, version);
    bucket
        .retries()
        .run(
            new Doing("tag", key, "s3:PutObjectTagging"),
            _ ->
                Calls.make(
                    () ->
                        bucket
                            .client()
                            .putObjectTagging(
                                t -> t.bucket(bucket.name()).key(key).tagging(inS3(tags)))));
  }

  /// What the user should know since this was last asked.
  Optional<String> takeRemark() {
    int objects = untagged.getAndSet(0);
    return objects == 0
        ? Optional.empty()
        : Optional.of(
            "This server keeps no tags, so "
                + (objects == 1 ? "one object was" : objects + " objects were")
                + " stored without. Life cycle rules that go by a tag will not find what is"
                + " stored there; vat freeze does the same directly.");
  }
}
