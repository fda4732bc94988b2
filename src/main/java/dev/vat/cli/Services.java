package dev.vat.cli;

/// What commands need and only `Main` can make, because it alone knows the implementations.
public interface Services {
  /// Keeps the computer awake during transfers.
  KeepAwake keepAwake();
}
