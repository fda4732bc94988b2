package dev.vat.staging;

/// How a staged file stands between this computer, S3 and what both last agreed on.
public enum Standing {
  /// The same content on both sides.
  IN_SYNC,
  /// Here, never in S3 as far as anybody remembers.
  ONLY_HERE,
  /// In S3, never here.
  ONLY_THERE,
  /// S3 still holds what was agreed; this computer has something newer.
  CHANGED_HERE,
  /// This computer still holds what was agreed; S3 has something newer.
  CHANGED_THERE,
  /// Both changed since they agreed, or they differ and never agreed.
  CONFLICT,
  /// Removed from S3 since, but changed here: work that exists nowhere else.
  CHANGED_HERE_REMOVED_THERE,
  /// Unchanged here, and removed from S3 by somebody.
  REMOVED_THERE,
  /// Removed from this computer, still in S3.
  REMOVED_HERE
}
