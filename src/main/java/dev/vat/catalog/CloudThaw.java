package dev.vat.catalog;

import java.time.Instant;
import java.util.Optional;

/// How it stands with thawing an archive object.
///
/// @param requestedAt when it was asked for, where this computer or its team knows
/// @param readyBy the longest that it typically takes from then on
/// @param expiresAt when the thawed copy goes, by S3
public record CloudThaw(
    State state,
    Optional<Instant> requestedAt,
    Optional<Instant> readyBy,
    Optional<Instant> expiresAt) {
  /// In the words of `projects.json`.
  public enum State {
    NONE,
    IN_PROGRESS,
    READY
  }

  /// What a listing tells.
  public static CloudThaw of(State state, Optional<Instant> expiresAt) {
    return new CloudThaw(state, Optional.empty(), Optional.empty(), expiresAt);
  }

  /// This one, just seen, with what is remembered of its request. One that S3 tells nothing of any
  /// more is over.
  CloudThaw knowing(CloudThaw before) {
    return state == State.NONE
        ? this
        : new CloudThaw(
            state, requestedAt.or(before::requestedAt), readyBy.or(before::readyBy), expiresAt);
  }
}
