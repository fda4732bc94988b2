package dev.vat.archive;

import dev.vat.project.RelativeName;
import java.io.IOException;

/// An archive that cannot be written or read, by what the user can do about it.
public abstract sealed class ArchiveException extends IOException {
  private ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }

  /// What is there is not what was once written. Another copy helps.
  public static final class Damaged extends ArchiveException {
    Damaged(String what) {
      super(what, null);
    }

    Damaged(String what, Throwable cause) {
      super(what, cause);
    }
  }

  /// It is whole, and holds what must not be unpacked, or what `vat` never writes. Nothing of it
  /// was unpacked when opening it says so.
  public static final class Refused extends ArchiveException {
    Refused(String what) {
      super(what, null);
    }

    Refused(String what, Throwable cause) {
      super(what, cause);
    }
  }

  /// A file is not what its listing said: it was changed while it was archived. To be tried again
  /// once nobody writes to it.
  public static final class SourceChanged extends ArchiveException {
    private final RelativeName name;

    SourceChanged(RelativeName name, String what) {
      super(name + " was changed while it was read: " + what, null);
      this.name = name;
    }

    /// Which file.
    public RelativeName name() {
      return name;
    }
  }
}
