package dev.vat.disk;

/// Whether a file looks finished (design 7.9).
public sealed interface Settled {
  /// Nothing speaks against it.
  record Yes() implements Settled {}

  /// It is not whole, but nobody has written to it for a while: it may go, with this warning.
  record Incomplete(String warning) implements Settled {}

  /// Somebody seems to be writing to it: leave it alone this time.
  ///
  /// @param reason in words for users
  record NotYet(String reason) implements Settled {}
}
