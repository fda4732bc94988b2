package dev.vat.cli;

/// Keeps the computer from going to sleep in the middle of a transfer. A courtesy, never a reason
/// to fail: where it cannot be done nothing happens.
public interface KeepAwake {
  /// From now until the handle is closed, or this process ends in whatever way, the computer does
  /// not go to sleep by itself. The screen may.
  ///
  /// @param why shown by systems that list who keeps them awake
  Handle begin(String why);

  /// To be closed when the transfer ended.
  interface Handle extends AutoCloseable {
    @Override
    void close();
  }
}
