package dev.vat.cli;

import dev.vat.staging.RemoteFile;
import dev.vat.staging.StagedFile;
import dev.vat.staging.Tombstone;
import java.time.Instant;
import java.util.Optional;

/// How the standing of a staged file is told: one wording for `up`, `down` and `status`.
final class StagingWords {
  private static final String OUTSIDE = "uploaded outside vat";

  private final Instant now;

  StagingWords(Instant now) {
    this.now = now;
  }

  /// Who put S3's version there, and when: `from jan, 2 hours ago`, or `uploaded outside vat, 2
  /// hours ago`.
  ///
  /// @param word what stands before a name: `from`, `by`
  String uploader(String word, RemoteFile file) {
    return file.uploadedBy().map(by -> word + " " + Printable.of(by)).orElse(OUTSIDE)
        + ", "
        + Ages.ago(file.writtenAt(), now);
  }

  /// What is added for an object that nobody of the team uploaded by vat.
  private static String outside(RemoteFile file) {
    return file.isFromOutside() ? ", " + OUTSIDE : "";
  }

  /// `cleaned up by david 2 days ago`, or `removed from S3`.
  String removal(Optional<Tombstone> tombstone) {
    return tombstone
        .map(
            stone ->
                "cleaned up by "
                    + Printable.of(stone.removedBy())
                    + " "
                    + Ages.ago(stone.removedAt(), now))
        .orElse("removed from S3");
  }

  /// What is said of a file that `up` or `down` leaves alone, with what to do about it.
  String left(StagedFile file) {
    return switch (file.standing()) {
      case CHANGED_THERE ->
          "newer in S3, " + uploader("by", file.remote().orElseThrow()) + " (get it: vat down)";
      case ONLY_THERE ->
          "only in S3, " + uploader("from", file.remote().orElseThrow()) + " (get it: vat down)";
      case REMOVED_HERE -> "removed here, still in S3 (get it: vat down)";
      case REMOVED_THERE ->
          removal(file.tombstone()) + ", not sent again (send it: vat up --again)";
      case ONLY_HERE -> "only here (send it: vat up)";
      case CHANGED_HERE -> "changed here, not yet in S3 (send it: vat up)";
      case CHANGED_HERE_REMOVED_THERE ->
          removal(file.tombstone()) + ", but changed here since (send it: vat up)";
      case IN_SYNC -> "already in sync";
      case CONFLICT -> "conflict";
    };
  }

  /// The mark behind a file of this computer in `status`.
  String here(StagedFile file, Style style) {
    return switch (file.standing()) {
      case IN_SYNC -> style.sign(Symbol.DONE) + " synced";
      case ONLY_HERE -> style.sign(Symbol.UPLOAD) + " to upload (new)";
      case CHANGED_HERE -> style.sign(Symbol.UPLOAD) + " to upload (changed here)";
      case CHANGED_HERE_REMOVED_THERE ->
          style.sign(Symbol.UPLOAD)
              + " to upload (changed here after it was "
              + removal(file.tombstone())
              + ")";
      case REMOVED_THERE -> style.sign(Symbol.SAME) + " " + removal(file.tombstone());
      case CHANGED_THERE -> style.sign(Symbol.DOWNLOAD) + " older than S3's";
      case CONFLICT -> style.sign(Symbol.FAILED) + " conflict: changed here too";
      case ONLY_THERE, REMOVED_HERE -> throw new IllegalArgumentException("not here");
    };
  }

  /// The mark behind a file of S3 in `status`.
  String there(StagedFile file, Style style) {
    RemoteFile remote = file.remote().orElseThrow();
    return switch (file.standing()) {
      case IN_SYNC -> style.sign(Symbol.DONE) + " synced" + outside(remote);
      case CHANGED_HERE -> style.sign(Symbol.UPLOAD) + " older than yours" + outside(remote);
      case CHANGED_THERE ->
          style.sign(Symbol.DOWNLOAD) + " to download (" + uploader("changed by", remote) + ")";
      case ONLY_THERE ->
          style.sign(Symbol.DOWNLOAD) + " to download (new, " + uploader("from", remote) + ")";
      case REMOVED_HERE ->
          style.sign(Symbol.DOWNLOAD) + " to download (removed here" + outside(remote) + ")";
      case CONFLICT -> style.sign(Symbol.FAILED) + " conflict: " + uploader("changed by", remote);
      case ONLY_HERE, CHANGED_HERE_REMOVED_THERE, REMOVED_THERE ->
          throw new IllegalArgumentException("not in S3");
    };
  }
}
