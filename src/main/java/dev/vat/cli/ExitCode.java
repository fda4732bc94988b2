package dev.vat.cli;

import java.util.Collection;
import java.util.List;

/// What a command's end means, as a number for scripts. The numbers are a public contract.
public enum ExitCode {
  DONE(0),
  FAILED(1),
  /// Wrong usage, or a setting is missing or wrong.
  USAGE(2),
  /// Two versions, and a person has to decide.
  CONFLICT(3),
  /// Some of it was done; the rest is listed.
  PARTLY(4),
  /// A place is not there: the SSD is unplugged, S3 cannot be reached.
  UNAVAILABLE(5),
  VERIFICATION_FAILED(6),
  /// A thaw is pending or needed.
  THAW(7),
  INTERRUPTED(130);

  /// When several apply, the first of these is the one to report.
  private static final List<ExitCode> WORST_FIRST =
      List.of(
          INTERRUPTED,
          USAGE,
          VERIFICATION_FAILED,
          CONFLICT,
          UNAVAILABLE,
          THAW,
          PARTLY,
          FAILED,
          DONE);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /// The process's exit status.
  public int number() {
    return number;
  }

  /// The one to report of several; `DONE` when there are none.
  static ExitCode worst(Collection<ExitCode> several) {
    return WORST_FIRST.stream().filter(several::contains).findFirst().orElse(DONE);
  }

  /// The one to report of several; `DONE` when there are none.
  static ExitCode worst(ExitCode... several) {
    return worst(List.of(several));
  }
}
