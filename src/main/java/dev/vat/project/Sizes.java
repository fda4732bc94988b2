package dev.vat.project;

/// Amounts of data for people: 1000-based, one decimal, cut and not rounded, so that `45.6 MB`
/// never promises more than there is.
public final class Sizes {
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

  private Sizes() {}

  /// `999 B`, `12.3 KB`, `45.6 MB`, `1.5 GB`, `2.0 TB`.
  public static String of(long bytes) {
    int unit = unit(bytes);
    return number(bytes, unit) + " " + UNITS[unit];
  }

  /// `18.2 of 45.6 MB`: both in the unit of the whole.
  public static String of(long bytes, long whole) {
    int unit = unit(whole);
    return number(bytes, unit) + " of " + number(whole, unit) + " " + UNITS[unit];
  }

  private static int unit(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("negative size: " + bytes);
    }
    int unit = 0;
    for (long rest = bytes; rest >= 1000 && unit < UNITS.length - 1; rest /= 1000) {
      unit++;
    }
    return unit;
  }

  private static String number(long bytes, int unit) {
    if (unit == 0) {
      return Long.toString(bytes);
    }
    long tenth = 100;
    for (int i = 1; i < unit; i++) {
      tenth *= 1000;
    }
    long tenths = bytes / tenth;
    return tenths / 10 + "." + tenths % 10;
  }
}
