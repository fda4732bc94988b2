package dev.vat.lifecycle;

/// A person's decision between this computer's version of a file and the one on the drive. Whatever
/// loses is kept (design 7.5).
public enum ArchiveKeep {
  /// This computer's goes to the drive; the drive's is put aside there, beside the copy.
  MINE,
  /// The drive's stays; this computer's is put aside in `.vat-kept/`.
  THEIRS,
  /// Both go on: this computer's gets another name.
  BOTH
}
