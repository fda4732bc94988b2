package dev.vat.state;

import java.io.IOException;

/// `vat`'s own notes (`.vat/`) cannot be read or written. They are a cache: no file of the user's
/// is lost with them. The message says what to do.
public final class StateException extends IOException {
  private static final long serialVersionUID = 1;

  StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
