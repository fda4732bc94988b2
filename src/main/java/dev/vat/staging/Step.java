package dev.vat.staging;

import dev.vat.project.RelativeName;

/// One thing that a run will do, or will leave, with its reason. A dry run prints the very steps
/// that a real one applies.
public sealed interface Step {
  /// The file as the user knows it.
  StagedFile file();

  default RelativeName name() {
    return file().name();
  }

  /// How many bytes it is about: S3's where S3's version is taken.
  default long sizeBytes() {
    return switch (this) {
      case Download _, KeepTheirs _ -> file().there().sizeBytes();
      case Agree _, Upload _, Leave _, Undecided _, KeepMine _, KeepBoth _ -> file().sizeBytes();
    };
  }

  /// Both sides are equal: remember that.
  record Agree(StagedFile file) implements Step {}

  /// Send this computer's version, under the condition that S3 is as it was compared.
  record Upload(StagedFile file, Why why) implements Step {
    public enum Why {
      NEW,
      CHANGED_HERE,
      /// It was removed from S3, but what is here is not what was removed.
      CHANGED_SINCE_REMOVED,
      /// It was removed from S3, and the user asked for it to be sent again.
      AGAIN
    }
  }

  /// Fetch S3's version; a local file of that name is the agreed one, and is put aside.
  record Download(StagedFile file) implements Step {}

  /// Do nothing; the standing says why.
  record Leave(StagedFile file) implements Step {}

  /// A conflict that nobody has decided.
  record Undecided(StagedFile file) implements Step {}

  /// S3's version is copied aside inside S3, then replaced by ours.
  record KeepMine(StagedFile file) implements Step {}

  /// Our version is put aside here, then replaced by S3's.
  record KeepTheirs(StagedFile file) implements Step {}

  /// Our version takes another name, on both sides; S3's comes here under the old one.
  record KeepBoth(StagedFile file, RelativeName mineBecomes) implements Step {}
}
