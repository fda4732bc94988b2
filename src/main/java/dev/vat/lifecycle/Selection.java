package dev.vat.lifecycle;

import java.time.Instant;
import java.util.Optional;

/// Which files of a copy are to be read. What was found bad before is always among them.
///
/// @param share of all bytes, more than 0 and at most 1; those that have not been read for longest
///     come first, so that small shares come round to every file
/// @param notReadSince only files that were last found good before that moment, or never
/// @param suspectsOnly only what was found bad before, or was never found good
public record Selection(double share, Optional<Instant> notReadSince, boolean suspectsOnly) {
  public Selection {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("not a share: " + share);
    }
  }

  public static Selection everything() {
    return new Selection(1, Optional.empty(), false);
  }

  /// What was found bad before, or was never found good.
  public static Selection suspects() {
    return new Selection(1, Optional.empty(), true);
  }
}
