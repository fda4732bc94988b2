package dev.vat.state;

import java.time.Instant;

/// A thaw that was asked for on this computer, and what it is for.
///
/// @param place server and bucket as one text
/// @param key of the object
/// @param project whose archive it is
/// @param etag the version: another one has to be thawed anew
/// @param tier as S3 was asked for it, in small letters
/// @param days for which the thawed copy was asked
/// @param target where the project is to be brought, in the words of `--to`; empty for none
/// @param requestedAt by this computer's clock
/// @param readyBy the longest that such a thaw typically takes
public record RememberedThaw(
    String place,
    String key,
    String project,
    String etag,
    String tier,
    int days,
    String target,
    Instant requestedAt,
    Instant readyBy) {
  public RememberedThaw {
    if (key.isEmpty() || etag.isEmpty() || project.isEmpty()) {
      throw new IllegalArgumentException("a thaw needs a key, a project and an ETag");
    }
    if (days < 1) {
      throw new IllegalArgumentException("a thaw is for days, not " + days);
    }
  }
}
