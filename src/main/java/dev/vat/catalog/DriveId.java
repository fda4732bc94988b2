package dev.vat.catalog;

import java.util.UUID;
import java.util.regex.Pattern;

/// What a drive is known by, wherever it is plugged in: what its id file says, not its path or
/// letter.
///
/// @param value letters, digits and `-`; a UUID where `vat` made it
public record DriveId(String value) implements Comparable<DriveId> {
  private static final Pattern FORM = Pattern.compile("[0-9A-Za-z][0-9A-Za-z-]{7,63}");

  public DriveId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a drive's id: " + value);
    }
  }

  /// One that no drive has yet.
  public static DriveId fresh() {
    return new DriveId(UUID.randomUUID().toString());
  }

  @Override
  public int compareTo(DriveId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
