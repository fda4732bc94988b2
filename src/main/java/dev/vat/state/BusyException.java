package dev.vat.state;

import java.io.IOException;

/// Another command is changing the project just now. Nothing was done. Remedy: wait for it, or stop
/// it.
public final class BusyException extends IOException {
  private static final long serialVersionUID = 1;

  /// @param subject the project, or `projects.json`
  BusyException(String subject, String holder) {
    super(
        subject
            + " is being changed by "
            + holder
            + ". Wait until that is done (or stop it), and run again.");
  }
}
