package dev.vat.cloud;

import java.time.Instant;

/// What S3 said when it was asked to thaw an object.
public sealed interface ThawAnswer {
  /// It begins now, or one that is under way gets faster.
  record Begun() implements ThawAnswer {}

  /// One is under way already, asked for by whoever it was, at this speed or a better one. Its days
  /// cannot be changed until it is done.
  record UnderWay() implements ThawAnswer {}

  /// The thawed copy was there already, and is kept until then: the days count from this request.
  record Kept(Instant until) implements ThawAnswer {}

  /// Nothing has to be thawed: the storage class freezes nothing.
  record NotFrozen() implements ThawAnswer {}

  /// S3 has no capacity for the expedited tier at the moment. Nothing was asked for.
  record NoCapacity() implements ThawAnswer {}
}
