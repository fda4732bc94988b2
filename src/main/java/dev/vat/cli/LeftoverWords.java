package dev.vat.cli;

import dev.vat.lifecycle.Orphan;

/// What is to be said of things that lie unused in S3.
final class LeftoverWords {
  static final String OURS = "the same command goes on with it, if it is run again";

  static final String OTHERS = "not in this computer's journal";

  /// Said once where there are others'.
  static final String ABOUT_OTHERS =
      "Uploads that are not in this computer's journal are left alone: whoever began them may be at"
          + " work on them. The bucket's rule for incomplete uploads removes them (vat cloud"
          + " setup).";

  private LeftoverWords() {}

  /// Why one stays that is not made of an archive.
  static String of(Orphan orphan) {
    return switch (orphan.kind()) {
      case UNKNOWN_PROJECT ->
          orphan.ours()
              ? "stays: archives are never removed. vat manifest takes it in"
              : "stays: it does not say whose it is";
      case NO_ARCHIVE -> "stays: it is nothing of vat's";
      case TOC, LIGHT -> "";
    };
  }
}
