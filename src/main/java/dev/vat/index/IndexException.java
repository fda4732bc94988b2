package dev.vat.index;

import java.io.IOException;

/// `.vat/index.db` cannot be used. It is a cache: removing it loses no file, only the text of
/// copies that are not connected now.
public final class IndexException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean damaged;

  IndexException(String message, boolean damaged, Throwable cause) {
    super(message, cause);
    this.damaged = damaged;
  }

  /// Whether its content is wrong; otherwise it could not be read or written.
  boolean isDamaged() {
    return damaged;
  }
}
