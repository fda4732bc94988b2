package dev.vat.progress;

/// Where long work reports how far it is. Implementations are safe to call from many threads, never
/// fail and never block for long: reporting must not slow or stop a transfer.
public interface Progress {
  /// Work begins on something with a name that the user knows.
  ///
  /// @param what for example `uploading draft.mp4`
  /// @param totalBytes how much there is to do; negative when not known
  /// @return to be closed when the work ended, whether well or not
  Task begin(String what, long totalBytes);

  /// One piece of work under way.
  interface Task extends AutoCloseable {
    /// @param bytes how many more are done (acknowledged, not merely buffered); negative takes back
    ///     what has to be done again
    void advance(long bytes);

    /// What an earlier run had done already: counts as done, and not for the rate or the time left.
    ///
    /// @param bytes how many more need not be moved; negative takes back
    default void skip(long bytes) {
      advance(bytes);
    }

    @Override
    void close();
  }

  /// Reports to nobody.
  static Progress none() {
    return (what, totalBytes) ->
        new Task() {
          @Override
          public void advance(long bytes) {}

          @Override
          public void close() {}
        };
  }
}
