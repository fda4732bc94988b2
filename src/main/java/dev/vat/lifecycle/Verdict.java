package dev.vat.lifecycle;

/// What reading a file came to, compared with what its history says.
public enum Verdict {
  /// Its content is what was recorded.
  GOOD(false),
  /// Nobody had recorded it yet.
  NEW(false),
  /// Its content is that of a recorded file that is not there any more.
  RENAMED(false),
  /// Another content and another time: somebody or something wrote to it.
  CHANGED(true),
  /// Another content under the recorded time (or one that was never good): the medium, a cable or
  /// a crash did that.
  DAMAGED(true),
  /// Recorded, and not there.
  MISSING(true),
  /// It cannot be read, or nobody can tell whether it is there.
  UNREADABLE(true),
  /// It was written to while it was read: not yet to be told.
  MOVING(false);

  private final boolean bad;

  Verdict(boolean bad) {
    this.bad = bad;
  }

  /// Whether the copy is not what its history says.
  public boolean isBad() {
    return bad;
  }
}
