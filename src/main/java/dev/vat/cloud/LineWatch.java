package dev.vat.cloud;

/// Is told when calls wait because the line to the store was lost in the middle of something.
/// Called from any thread; must not block for long.
public interface LineWatch {
  /// The store was heard before, and nobody listens now. Calls keep trying for about a minute and a
  /// half; then they fail with [StoreException.Unreachable]. Told once until [#back()].
  void lost();

  /// The store is heard again.
  void back();
}
