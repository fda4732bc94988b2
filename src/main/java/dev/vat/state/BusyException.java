package dev.vat.state;

import dev.vat.project.ProjectId;
import java.io.IOException;

/// Another command is changing the project just now. Nothing was done. Remedy: wait for it, or stop
/// it.
public final class BusyException extends IOException {
  private static final long serialVersionUID = 1;

  BusyException(ProjectId project, String holder) {
    super(
        project
            + " is being changed by "
            + holder
            + ". Wait until that is done (or stop it), and run again.");
  }
}
