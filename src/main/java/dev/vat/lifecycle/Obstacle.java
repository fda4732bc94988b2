package dev.vat.lifecycle;

/// Why a project is not archived now. Nothing was changed.
///
/// @param message what, why and what next, in words for users
public record Obstacle(Kind kind, String message) {
  /// What a person can do about it.
  public enum Kind {
    /// Two contents under one name: somebody has to decide.
    CONFLICT,
    /// Something writes to it: later.
    NOT_YET,
    /// It does not fit.
    NO_SPACE,
    /// It cannot be archived as it is.
    REFUSED
  }
}
