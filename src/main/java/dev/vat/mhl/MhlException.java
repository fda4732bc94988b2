package dev.vat.mhl;

import java.io.IOException;
import java.nio.file.Path;

/// A history that cannot be used, by what the user can do about it.
public abstract sealed class MhlException extends IOException {
  private final Path root;

  private MhlException(Path root, String message, Throwable cause) {
    super(message, cause);
    this.root = root;
  }

  /// The folder whose history it is.
  public Path root() {
    return root;
  }

  /// There is none (no `ascmhl` folder, or no generation in it). It can be begun.
  public static final class NoHistory extends MhlException {
    NoHistory(Path root) {
      super(root, root + " has no checksum history (no generation in its ascmhl folder)", null);
    }
  }

  /// A manifest is missing, or is not the one that the chain file has the checksum of.
  public static final class Altered extends MhlException {
    Altered(Path root, Path manifest, String what) {
      super(
          root,
          "The checksum history of "
              + root
              + " cannot be trusted: "
              + manifest.getFileName()
              + " "
              + what
              + ".",
          null);
    }
  }

  /// A manifest or the chain file cannot be understood, or manifests without a chain file.
  public static final class Unreadable extends MhlException {
    Unreadable(Path root, String what, Throwable cause) {
      super(root, "The checksum history of " + root + " cannot be read: " + what, cause);
    }
  }
}
