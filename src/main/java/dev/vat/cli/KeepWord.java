package dev.vat.cli;

import dev.vat.lifecycle.ArchiveKeep;

/// `--keep` between this computer's version of a file and the one on a drive, as people type it.
enum KeepWord {
  mine(ArchiveKeep.MINE),
  theirs(ArchiveKeep.THEIRS),
  both(ArchiveKeep.BOTH);

  private final ArchiveKeep keep;

  KeepWord(ArchiveKeep keep) {
    this.keep = keep;
  }

  ArchiveKeep keep() {
    return keep;
  }
}
