package dev.vat.cli;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.Removed;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a server does that ignores conditions: whatever the guard says, the write is done. On a
/// real server behind it, whose guards are made to hold.
final class UnconditionalStore extends ForwardingStore {
  /// Which conditions are ignored.
  enum Ignored {
    PUT,
    COMPLETE,
    REMOVE
  }

  private final ObjectStore real;
  private final Set<Ignored> ignored;

  UnconditionalStore(ObjectStore real, Set<Ignored> ignored) {
    super(real);
    this.real = real;
    this.ignored = Set.copyOf(ignored);
  }

  /// A guard that holds.
  private Guard held(String key, Guard asked, Ignored what) throws StoreException {
    if (!ignored.contains(what)) {
      return asked;
    }
    return real.head(key)
        .map(facts -> Guard.unchanged(facts.summary().etag()))
        .orElseGet(Guard::absent);
  }

  @Override
  public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
      throws IOException {
    return real.put(key, body, attributes, held(key, guard, Ignored.PUT));
  }

  @Override
  public Written completeUpload(
      String key, String uploadId, List<UploadedPart> parts, long sizeBytes, int crc32, Guard guard)
      throws StoreException {
    return real.completeUpload(
        key, uploadId, parts, sizeBytes, crc32, held(key, guard, Ignored.COMPLETE));
  }

  @Override
  public Removed remove(String key, ETag version) throws StoreException {
    Optional<ObjectFacts> there = real.head(key);
    return real.remove(
        key,
        ignored.contains(Ignored.REMOVE) && there.isPresent()
            ? there.get().summary().etag()
            : version);
  }
}
