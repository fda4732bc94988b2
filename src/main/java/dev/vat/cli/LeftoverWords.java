package dev.vat.cli;

import dev.vat.lifecycle.Orphan;

/// What is to be said of things that lie unused in S3.
final class LeftoverWords {
  static final String OURS = "what began it goes on with it when it is run again, or it is aborted";

  static final String OTHERS =
      "not in this computer's journal: whoever began it may be at work on it. The bucket's rule for"
          + " incomplete uploads removes it (vat cloud setup)";

  private LeftoverWords() {}

  /// Why one stays that is not made of an archive.
  static String of(Orphan orphan) {
    return switch (orphan.kind()) {
      case UNKNOWN_PROJECT ->
          orphan.ours()
              ? "stays: archives are never removed. vat manifest takes it in"
              : "stays: it does not say whose it is";
      case NO_ARCHIVE -> "stays: it is nothing of vat's";
      case TOC, LIGHT -> "its archive is gone (vat cloud clean)";
    };
  }
}
