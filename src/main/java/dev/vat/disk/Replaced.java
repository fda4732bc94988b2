package dev.vat.disk;

import java.nio.file.Path;

/// How replacing a file ended. Except in [Done], the new file is still under its temporary name.
public sealed interface Replaced {
  /// The new file is in its place, the old one put aside.
  ///
  /// @param aside where the old file is
  /// @param atomicity how sure it is that nothing else was overwritten
  record Done(Path aside, Atomicity atomicity) implements Replaced {}

  /// The file found under the name is not the one that the decision was about.
  record NotTheSame(OldFile old) implements Replaced {}

  /// While the old file was aside, somebody put another one under its name. That one was left
  /// alone.
  record Taken(OldFile old) implements Replaced {}
}
