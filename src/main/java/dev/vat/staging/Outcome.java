package dev.vat.staging;

import dev.vat.cloud.StoreException;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// What became of one file in a run.
public sealed interface Outcome {
  StagedFile file();

  default RelativeName name() {
    return file().name();
  }

  /// How many bytes it is about: S3's where S3's version was taken.
  default long sizeBytes() {
    return switch (this) {
      case Downloaded _, KeptTheirs _ -> file().there().sizeBytes();
      case InSync _,
          Uploaded _,
          Left _,
          Undecided _,
          Overtaken _,
          KeptMine _,
          KeptBoth _,
          Failed _,
          GivenUp _ ->
          file().sizeBytes();
    };
  }

  /// Both sides were equal already.
  record InSync(StagedFile file) implements Outcome {}

  /// S3 holds this computer's version, confirmed.
  ///
  /// @param changedSince whether the file here is no longer what was sent: somebody went on writing
  record Uploaded(StagedFile file, Step.Upload.Why why, boolean changedSince) implements Outcome {}

  /// This computer holds S3's version.
  ///
  /// @param putAside where the replaced file is kept; empty when there was none
  /// @param isProven whether the content was proven; false where another tool uploaded it and S3
  ///     tells only its size
  record Downloaded(StagedFile file, Optional<Path> putAside, boolean isProven)
      implements Outcome {}

  /// Nothing was to be done in this direction; the standing says why.
  record Left(StagedFile file) implements Outcome {}

  /// A conflict, which nobody decided: nothing was changed.
  record Undecided(StagedFile file) implements Outcome {}

  /// One of the sides changed between the compare and the write: nothing was overwritten.
  ///
  /// @param what fit for users
  record Overtaken(StagedFile file, String what) implements Outcome {}

  /// This computer's version won; S3's is kept under a key of its own.
  record KeptMine(StagedFile file, String putAsideKey) implements Outcome {}

  /// S3's version won; this computer's is kept in `.vat-kept/`.
  record KeptTheirs(StagedFile file, Path putAside) implements Outcome {}

  /// Both have a name now, on both sides.
  record KeptBoth(StagedFile file, RelativeName mineBecame) implements Outcome {}

  /// It could not be done. Nothing half-done is visible; the next run carries on.
  record Failed(StagedFile file, IOException cause) implements Outcome {}

  /// It was not done, for a reason that an earlier [Failed] of the same run told: nothing would
  /// have come of trying on. Nothing half-done is visible; the next run carries on.
  record GivenUp(StagedFile file, StoreException because) implements Outcome {}
}
