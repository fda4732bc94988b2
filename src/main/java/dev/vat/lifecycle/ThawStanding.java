package dev.vat.lifecycle;

import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.Thaw;
import dev.vat.state.RememberedThaw;
import java.time.Instant;
import java.util.Optional;

/// How it stands with reading an archive object: what S3 says, together with what was asked for.
public sealed interface ThawStanding {
  /// It can be read at any time: nothing is frozen.
  record Readable() implements ThawStanding {}

  /// It is frozen, and nobody is known to have asked.
  record Frozen() implements ThawStanding {}

  /// S3 is at it.
  ///
  /// @param asked who asked here and what for; empty when it was somebody else, or S3's console
  record UnderWay(Optional<RememberedThaw> asked) implements ThawStanding {}

  /// It can be read, until then.
  record Ready(Instant until, Optional<RememberedThaw> asked) implements ThawStanding {}

  /// It was asked for here, and its days are over without anybody having fetched it.
  record Expired(RememberedThaw asked) implements ThawStanding {}

  /// It was about to be asked for here, and S3 is not at it: the request was cut, or refused later.
  record NotBegun(RememberedThaw asked) implements ThawStanding {}

  /// Puts both together. Pure.
  ///
  /// @param remembered of the same key; one of another version of it does not count
  static ThawStanding of(ObjectSummary object, Optional<RememberedThaw> remembered, Instant now) {
    Optional<RememberedThaw> asked =
        remembered.filter(thaw -> thaw.etag().equals(object.etag().value()));
    return switch (object.thaw()) {
      case Thaw.NotFrozen _ -> new Readable();
      case Thaw.Thawing _ -> new UnderWay(asked);
      case Thaw.Thawed thawed -> new Ready(thawed.until(), asked);
      case Thaw.Frozen _ ->
          asked.isEmpty()
              ? new Frozen()
              : now.isBefore(asked.get().readyBy())
                  ? new NotBegun(asked.get())
                  : new Expired(asked.get());
    };
  }
}
