package dev.vat.cli;

import dev.vat.staging.Outcome;
import dev.vat.staging.StagedFile;
import dev.vat.staging.Standing;
import dev.vat.staging.Step;
import java.util.Locale;

/// What `up` and `down` say of one file: in a plan what would be done, else what was done.
///
/// @param symbol before the name
/// @param text behind it
record SyncLines(Symbol symbol, String text) {
  static SyncLines of(Outcome outcome, Direction direction, StagingWords words) {
    StagedFile file = outcome.file();
    return switch (outcome) {
      case Outcome.InSync _ -> same("already in sync");
      case Outcome.Uploaded uploaded ->
          uploaded.changedSince()
              ? new SyncLines(
                  Symbol.WARNING,
                  "uploaded as it was when it was read; it has changed here since: run this again")
              : done(uploaded(uploaded.why(), file, words));
      case Outcome.Downloaded downloaded ->
          done(
              "downloaded"
                  + (downloaded.isProven() ? "" : ", but S3 tells nothing to prove its content by")
                  + (downloaded.putAside().isPresent()
                      ? " (the older one is kept: vat kept list)"
                      : ""));
      case Outcome.Left _ -> left(file, direction, words);
      case Outcome.Undecided _ -> wrong("conflict, nothing was changed");
      case Outcome.Overtaken overtaken ->
          wrong("conflict: " + Printable.of(overtaken.what()) + "; nothing was overwritten");
      case Outcome.KeptMine _ -> done("yours is in S3 now; S3's is kept: vat kept list");
      case Outcome.KeptTheirs _ -> done("S3's is here now; yours is kept: vat kept list");
      case Outcome.KeptBoth both ->
          done("both kept; yours is called " + Printable.of(both.mineBecame().value()) + " now");
      case Outcome.Failed failed -> wrong("failed: " + Faults.of(failed.cause()).getMessage());
      case Outcome.GivenUp _ ->
          wrong("not " + direction.done().toLowerCase(Locale.ROOT) + ", for the same reason");
    };
  }

  static SyncLines of(Step step, Direction direction, StagingWords words) {
    StagedFile file = step.file();
    return switch (step) {
      case Step.Agree _ -> same("already in sync");
      case Step.Upload upload -> done("would be " + uploaded(upload.why(), file, words));
      case Step.Download _ ->
          done(
              file.local().isPresent()
                  ? "would be downloaded; the older one here would be kept aside"
                  : "would be downloaded");
      case Step.Leave _ -> left(file, direction, words);
      case Step.Undecided _ -> wrong("conflict");
      case Step.KeepMine _ -> done("yours would go to S3; S3's would be kept aside");
      case Step.KeepTheirs _ -> done("S3's would come here; yours would be kept aside");
      case Step.KeepBoth both ->
          done("both would be kept; yours as " + Printable.of(both.mineBecomes().value()));
    };
  }

  private static SyncLines left(StagedFile file, Direction direction, StagingWords words) {
    boolean warn = direction == Direction.UP && file.standing() == Standing.CHANGED_THERE;
    return new SyncLines(warn ? Symbol.WARNING : Symbol.SAME, words.left(file));
  }

  private static String uploaded(Step.Upload.Why why, StagedFile file, StagingWords words) {
    return switch (why) {
      case NEW, CHANGED_HERE, AGAIN -> "uploaded";
      case CHANGED_SINCE_REMOVED ->
          "uploaded as new (it was " + words.removal(file.tombstone()) + ")";
    };
  }

  private static SyncLines done(String text) {
    return new SyncLines(Symbol.DONE, text);
  }

  private static SyncLines same(String text) {
    return new SyncLines(Symbol.SAME, text);
  }

  private static SyncLines wrong(String text) {
    return new SyncLines(Symbol.FAILED, text);
  }
}
