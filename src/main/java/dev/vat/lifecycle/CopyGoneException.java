package dev.vat.lifecycle;

import java.io.IOException;
import java.nio.file.Path;

/// A copy was there, and is not there any more: its drive was unplugged. Nothing is said of its
/// files, and nothing was written where it was. Remedy: plug it in, and run again.
public final class CopyGoneException extends IOException {
  private static final long serialVersionUID = 1;

  CopyGoneException(Path folder, IOException cause) {
    super(folder + " is not there any more: was its drive unplugged?", cause);
  }
}
