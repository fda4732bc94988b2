package dev.vat.cli;

/// Numbers of things for people.
final class Counts {
  private Counts() {}

  /// `1 file`, `2 files`, `0 files`.
  static String of(long number, String one) {
    return of(number, one, one + "s");
  }

  /// `1 copy`, `2 copies`.
  static String of(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
