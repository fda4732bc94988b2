package dev.vat.staging;

/// A person's decision on a conflict. Whatever loses is kept: design, section 7.5.
public enum Keep {
  /// This computer's version goes to S3; S3's is put aside there.
  MINE,
  /// S3's version comes here; this computer's is put aside in `.vat-kept/`.
  THEIRS,
  /// S3's keeps the name on both sides; this computer's gets its user's name added.
  BOTH
}
