package dev.vat.staging;

import dev.vat.disk.FreeSpace;
import java.io.IOException;

/// What is to come down does not fit. Nothing was begun.
public final class NotEnoughSpaceException extends IOException {
  private static final long serialVersionUID = 1;

  NotEnoughSpaceException(FreeSpace space) {
    super(space.message());
  }
}
