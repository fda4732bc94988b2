package dev.vat.catalog;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A project's archive object in S3, as the manifest has it.
///
/// @param bucket empty when an older manifest does not tell
/// @param key in its bucket; empty text when an older manifest does not tell
/// @param frozen whether its storage class has to be thawed before it can be read
/// @param storageClass S3's own word; empty when an older manifest tells no more than `frozen`
/// @param bytes of the archive object
/// @param content what is in it, where the object says so
/// @param etag the version
/// @param uploadedAt when its content came to S3
/// @param transitionedAt when it came into its storage class, or was first seen there
/// @param seenAt when S3 was last asked
/// @param verifiedAt when this version was last proven to hold its content
/// @param thaw what S3 said of thawing; empty when it was not asked
/// @param damagedAt when it was found not to hold what it should, or gone, while nothing has proven
///     it since; empty when that was never found
public record CloudCopy(
    Optional<String> bucket,
    String key,
    boolean frozen,
    Optional<String> storageClass,
    OptionalLong bytes,
    Optional<Content> content,
    Optional<String> etag,
    Optional<Instant> uploadedAt,
    Optional<Instant> transitionedAt,
    Optional<Instant> seenAt,
    Optional<Instant> verifiedAt,
    Optional<CloudThaw> thaw,
    Optional<Instant> damagedAt) {
  /// One that nobody found damaged.
  public CloudCopy(
      Optional<String> bucket,
      String key,
      boolean frozen,
      Optional<String> storageClass,
      OptionalLong bytes,
      Optional<Content> content,
      Optional<String> etag,
      Optional<Instant> uploadedAt,
      Optional<Instant> transitionedAt,
      Optional<Instant> seenAt,
      Optional<Instant> verifiedAt,
      Optional<CloudThaw> thaw) {
    this(
        bucket,
        key,
        frozen,
        storageClass,
        bytes,
        content,
        etag,
        uploadedAt,
        transitionedAt,
        seenAt,
        verifiedAt,
        thaw,
        Optional.empty());
  }

  /// The project in it, unpacked.
  public record Content(long files, long bytes) {}

  /// One of which nothing else is known.
  public CloudCopy(String key, boolean frozen, OptionalLong bytes) {
    this(
        Optional.empty(),
        key,
        frozen,
        Optional.empty(),
        bytes,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// Whether it can be read as it is, by what was last seen.
  public boolean readable() {
    return !frozen || thaw.filter(one -> one.state() == CloudThaw.State.READY).isPresent();
  }

  /// The same, proven at a time.
  public CloudCopy verified(Instant at) {
    return judged(Optional.of(at), Optional.empty());
  }

  /// The same, found damaged or gone at a time: earlier proofs of it count no more.
  CloudCopy damaged(Instant at) {
    return judged(Optional.empty(), Optional.of(at));
  }

  private CloudCopy judged(Optional<Instant> provenAt, Optional<Instant> foundDamagedAt) {
    return new CloudCopy(
        bucket,
        key,
        frozen,
        storageClass,
        bytes,
        content,
        etag,
        uploadedAt,
        transitionedAt,
        seenAt,
        provenAt,
        thaw,
        foundDamagedAt);
  }

  /// The same with what is known of thawing it.
  public CloudCopy thawing(CloudThaw known) {
    return new CloudCopy(
        bucket,
        key,
        frozen,
        storageClass,
        bytes,
        content,
        etag,
        uploadedAt,
        transitionedAt,
        seenAt,
        verifiedAt,
        Optional.of(known),
        damagedAt);
  }

  /// Whether both are one object, whatever is in it. Older manifests do not tell the bucket.
  boolean isSameObject(CloudCopy other) {
    return key.equals(other.key)
        && (bucket.isEmpty() || other.bucket.isEmpty() || bucket.equals(other.bucket));
  }

  /// Whether it is that object, as far as an older manifest tells.
  boolean isObject(String inBucket, String ofKey) {
    return key.equals(ofKey) && bucket.filter(name -> !name.equals(inBucket)).isEmpty();
  }

  /// This one, just seen, with what only earlier looks can know of the object.
  CloudCopy knowing(CloudCopy before) {
    boolean sameVersion = etag.isPresent() && etag.equals(before.etag);
    // A storage class is changed by copying, which S3 takes for an upload.
    boolean moved =
        before.storageClass.isPresent() && !storageClass.equals(before.storageClass)
            || before.frozen != frozen;
    boolean sameContent = sameVersion || moved && bytes.equals(before.bytes);
    return new CloudCopy(
        bucket,
        key,
        frozen,
        storageClass,
        bytes,
        content.isPresent() || !sameContent ? content : before.content,
        etag,
        sameContent && before.uploadedAt.isPresent() ? before.uploadedAt : uploadedAt,
        moved ? transitionedAt.or(() -> seenAt) : before.transitionedAt.or(() -> transitionedAt),
        seenAt,
        verifiedAt.or(() -> sameVersion ? before.verifiedAt : Optional.empty()),
        thaw.map(now -> before.thaw.map(now::knowing).orElse(now)),
        damagedAt.or(() -> damageOpen(before, sameContent)));
  }

  /// Looking at an object proves nothing: the damage that was found is over with a later proof, or
  /// when another content was stored since.
  private Optional<Instant> damageOpen(CloudCopy before, boolean sameContent) {
    return before
        .damagedAt
        .filter(found -> verifiedAt.filter(at -> !at.isBefore(found)).isEmpty())
        .filter(found -> sameContent || uploadedAt.filter(found::isBefore).isEmpty());
  }
}
