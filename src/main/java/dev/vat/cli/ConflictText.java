package dev.vat.cli;

import dev.vat.project.Sizes;
import dev.vat.staging.LocalFile;
import dev.vat.staging.RemoteFile;
import dev.vat.staging.StagedFile;
import java.time.Instant;
import java.util.List;

/// A conflict as it is shown: who has what, since when.
final class ConflictText {
  private ConflictText() {}

  static List<String> of(StagedFile file, StagingWords words, Instant now) {
    LocalFile here = file.local().orElseThrow();
    RemoteFile there = file.remote().orElseThrow();
    String unknown =
        there.md5().isEmpty() && !there.toldApart()
            ? " (its content cannot be told without downloading it)"
            : "";
    String never = file.base().isEmpty() ? " They were never the same as far as is known." : "";
    return List.of(
        "  " + Printable.of(file.name().value()) + " differs." + never,
        "    here:  "
            + Sizes.of(here.sizeBytes())
            + ", changed "
            + Ages.ago(here.stamp().modifiedAt(), now),
        "    in S3: "
            + Sizes.of(there.sizeBytes())
            + ", "
            + words.uploader("from", there)
            + unknown);
  }
}
