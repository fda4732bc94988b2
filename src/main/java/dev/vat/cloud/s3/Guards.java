package dev.vat.cloud.s3;

import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import java.util.Optional;

/// Guards in the language of S3's conditional requests. Source: S3 User Guide, "How to prevent
/// object overwrites with conditional writes".
final class Guards {
  private Guards() {}

  /// For `If-None-Match`; null where the guard is another one.
  static String ifNoneMatch(Guard guard) {
    return switch (guard) {
      case Guard.Absent _ -> "*";
      case Guard.Unchanged _ -> null;
    };
  }

  /// For `If-Match`; null where the guard is another one.
  static String ifMatch(Guard guard) {
    return switch (guard) {
      case Guard.Absent _ -> null;
      case Guard.Unchanged unchanged -> unchanged.since().quoted();
    };
  }

  /// Whether a fault means that the guard does not hold: 412, or 404 for an object that was to be
  /// unchanged and is gone.
  static boolean refuses(Guard guard, Fault fault) {
    if (!(fault instanceof Fault.Answered answered)) {
      return false;
    }
    return switch (guard) {
      case Guard.Absent _ -> answered.status() == 412;
      case Guard.Unchanged _ ->
          answered.status() == 412
              || answered.status() == 404 && !answered.is("NoSuchBucket", "NoSuchUpload");
    };
  }

  /// Whether it holds for what is there.
  static boolean holds(Guard guard, Optional<ETag> there) {
    return switch (guard) {
      case Guard.Absent _ -> there.isEmpty();
      case Guard.Unchanged unchanged -> there.equals(Optional.of(unchanged.since()));
    };
  }
}
