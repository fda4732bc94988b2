package dev.vat.cloud.s3;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Written;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// How a guard is kept where the server lacks the condition for it: by a look right before the
/// write, which goes without the header, and another right after it. Between the first look and the
/// write somebody else's version can come and be replaced unseen: that cannot be kept from here,
/// and whoever asks for this mode is told so.
final class Looks {
  private final Lookups lookups;
  private final Set<Condition> lacking;

  /// @param lacking what the server does not honour; empty for one that honours everything
  Looks(Lookups lookups, Set<Condition> lacking) {
    this.lookups = lookups;
    this.lacking = Set.copyOf(lacking);
  }

  boolean lacks(Condition condition) {
    return lacking.contains(condition);
  }

  /// Whether a look has to stand in for the header of this guard.
  boolean neededFor(Guard guard, Condition ifAbsent, Condition ifUnchanged) {
    return switch (guard) {
      case Guard.Absent _ -> lacks(ifAbsent);
      case Guard.Unchanged _ -> lacks(ifUnchanged);
    };
  }

  /// A write without a header.
  interface Write<X extends IOException> {
    ETag run() throws FaultException, X;
  }

  /// Tells our own object.
  interface Ours<X extends IOException> {
    boolean isOurs(ObjectFacts there) throws X;
  }

  /// One attempt at a write, between two looks.
  ///
  /// @param maybeDone whether an earlier attempt may have been carried out
  /// @return refused when either look shows what is not ours: before, nothing was written; after,
  ///     somebody's version has replaced ours already
  <X extends IOException> Written around(
      String key, Guard guard, boolean maybeDone, Ours<X> ours, Write<X> write)
      throws FaultException, X, StoreException {
    Optional<ObjectFacts> before = lookups.head(key);
    if (!Guards.holds(guard, versionOf(before))) {
      boolean done = maybeDone && before.isPresent() && ours.isOurs(before.get());
      return done ? new Written.Stored(before.get().summary().etag()) : new Written.Refused();
    }
    ETag written = write.run();
    Optional<ObjectFacts> after = lookups.head(key);
    boolean stayed =
        after.isPresent()
            && (versionOf(after).equals(Optional.of(written)) || ours.isOurs(after.get()));
    return stayed ? new Written.Stored(after.get().summary().etag()) : new Written.Refused();
  }

  private static Optional<ETag> versionOf(Optional<ObjectFacts> there) {
    return there.map(facts -> facts.summary().etag());
  }
}
