package dev.vat.cli;

import dev.vat.cloud.StoreException;
import java.util.List;

/// A part of the account that `vat cloud setup` looks at beside the buckets: what differs, and how
/// it is changed.
///
/// @param word for programs
/// @param title for people
/// @param remarks what stays although it differs, and what it costs
/// @param closing ends the connection it was looked at by
record SetupSection(
    String word, String title, List<Step> steps, List<String> remarks, Runnable closing)
    implements AutoCloseable {
  SetupSection {
    steps = List.copyOf(steps);
    remarks = List.copyOf(remarks);
  }

  /// One change.
  ///
  /// @param word for programs
  /// @param what is and what is to be, one line each
  /// @param done what is so afterwards
  record Step(String word, List<String> what, String done, Doing doing) {
    Step {
      what = List.copyOf(what);
    }
  }

  /// How it is done.
  interface Doing {
    /// @throws StoreException when it did not come off; nothing was changed by this step
    void run() throws StoreException;
  }

  @Override
  public void close() {
    closing.run();
  }
}
