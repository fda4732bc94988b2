package dev.vat.cloud.s3;

import dev.vat.cloud.Body;
import dev.vat.cloud.Condition;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.Removed;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Written;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;

/// Writes and removals of one request.
final class SmallWrites {
  private final Bucket bucket;
  private final Lookups lookups;
  private final Presigning presigning;
  private final LeanTransport transport;
  private final Looks looks;
  private final Sums sums;
  private final TagCalls tagging;

  SmallWrites(
      Bucket bucket,
      Lookups lookups,
      Presigning presigning,
      LeanTransport transport,
      Looks looks,
      Sums sums,
      TagCalls tagging) {
    this.bucket = bucket;
    this.lookups = lookups;
    this.presigning = presigning;
    this.transport = transport;
    this.looks = looks;
    this.sums = sums;
    this.tagging = tagging;
  }

  Written put(String key, Body body, ObjectAttributes attributes, Guard guard) throws IOException {
    if (body.sizeBytes() > ObjectStore.SINGLE_PUT_LIMIT) {
      throw new IllegalArgumentException("too big for one request: " + body.sizeBytes());
    }
    Doing doing = new Doing("upload", key, "s3:PutObject and s3:GetObject");
    LeanTransport.Sending sending = transport.sending(body);
    return bucket
        .retries()
        .<Written, IOException>send(
            doing,
            maybeDone -> {
              if (looks.neededFor(guard, Condition.PUT_IF_ABSENT, Condition.PUT_IF_UNCHANGED)) {
                return looks.around(
                    key,
                    guard,
                    maybeDone,
                    there -> isOurs(there, body, attributes),
                    () -> putOnce(key, body, sending, attributes, Optional.empty()));
              }
              try {
                return new Written.Stored(
                    putOnce(key, body, sending, attributes, Optional.of(guard)));
              } catch (FaultException e) {
                if (!Guards.refuses(guard, e.fault())) {
                  throw e;
                }
                return maybeDone ? ourOwnOrRefused(key, body, attributes) : new Written.Refused();
              }
            });
  }

  /// One attempt, with the sum that the server takes.
  ///
  /// @param guard empty where nothing is asked of the server
  ETag putOnce(
      String key,
      Body body,
      LeanTransport.Sending sending,
      ObjectAttributes attributes,
      Optional<Guard> guard)
      throws FaultException, IOException {
    LeanTransport.Accepted accepted =
        tagging.attempt(
            attributes.tags(),
            tags ->
                sums.attempt(
                    sum -> sending.send(presigning.put(key, body, attributes, tags, guard, sum))));
    return bucket.version(new Doing("upload", key, ""), accepted.etag());
  }

  private Written ourOwnOrRefused(String key, Body body, ObjectAttributes attributes)
      throws IOException {
    Optional<ObjectFacts> there = lookups.head(key);
    return there.isPresent() && isOurs(there.get(), body, attributes)
        ? new Written.Stored(there.get().summary().etag())
        : new Written.Refused();
  }

  /// Same size, same metadata, and the same content as far as the server lets us see: its CRC-32,
  /// or an ETag that is an MD5; with neither, the metadata (it holds the content's MD5 for every
  /// staged file) has to do.
  private static boolean isOurs(ObjectFacts there, Body body, ObjectAttributes attributes)
      throws IOException {
    if (there.summary().sizeBytes() != body.sizeBytes()
        || !there.metadata().equals(attributes.metadata())) {
      return false;
    }
    if (there.crc32().isPresent()) {
      return there.crc32().getAsInt() == body.crc32();
    }
    ETag version = there.summary().etag();
    if (version.looksLikeMd5() && !there.encryptedByKms()) {
      return version.value().equals(HexFormat.of().formatHex(body.md5()));
    }
    return !attributes.metadata().isEmpty();
  }

  /// Looks before it removes, because not every S3-compatible server minds the condition on a
  /// removal; on one that does, nothing can come between. On one that is known not to, it looks
  /// again afterwards.
  Removed remove(String key, ETag version) throws StoreException {
    Doing doing = new Doing("remove", key, "s3:DeleteObject and s3:GetObject");
    return bucket
        .retries()
        .run(
            doing,
            _ -> {
              Optional<Removed> known = removedAlready(key, version);
              return known.isPresent() ? known.get() : attemptRemoval(key, version);
            });
  }

  private Removed attemptRemoval(String key, ETag version) throws FaultException, StoreException {
    if (looks.lacks(Condition.DELETE_IF_UNCHANGED)) {
      removeOnce(key, Optional.empty());
      return lookups.head(key).isEmpty() ? Removed.GONE : Removed.CHANGED;
    }
    try {
      removeOnce(key, Optional.of(version));
      return Removed.GONE;
    } catch (FaultException e) {
      boolean conditionFailed =
          e.fault() instanceof Fault.Answered answered
              && (answered.status() == 412
                  || answered.status() == 404 && !answered.is("NoSuchBucket"));
      if (conditionFailed) {
        Optional<Removed> known = removedAlready(key, version);
        if (known.isPresent()) {
          return known.get();
        }
      }
      throw e;
    }
  }

  /// One attempt.
  ///
  /// @param version empty where nothing is asked of the server
  void removeOnce(String key, Optional<ETag> version) throws FaultException {
    String match = version.map(ETag::quoted).orElse(null);
    Calls.make(
        () -> bucket.client().deleteObject(d -> d.bucket(bucket.name()).key(key).ifMatch(match)));
  }

  /// Empty while the version is there.
  private Optional<Removed> removedAlready(String key, ETag version) throws StoreException {
    Optional<ObjectFacts> there = lookups.head(key);
    if (there.isEmpty()) {
      return Optional.of(Removed.GONE);
    }
    return there.get().summary().etag().equals(version)
        ? Optional.empty()
        : Optional.of(Removed.CHANGED);
  }
}
