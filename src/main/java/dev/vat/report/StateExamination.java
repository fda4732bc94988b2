package dev.vat.report;

import dev.vat.project.Repository;
import dev.vat.project.Sizes;
import dev.vat.state.JournalledUpload;
import dev.vat.state.State;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;

/// `vat`'s own notes, and the uploads of ours that are still open. Looks at a copy: nothing is
/// written.
final class StateExamination implements Examination {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final Repository repository;
  private final InstantSource clock;
  private final Optional<String> place;

  /// @param place the bucket and repository as [dev.vat.staging.StagedPlace] calls them; empty when
  ///     the settings do not say
  StateExamination(Repository repository, InstantSource clock, Optional<String> place) {
    this.repository = repository;
    this.clock = clock;
    this.place = place;
  }

  @Override
  public Check check() {
    return Check.STATE;
  }

  @Override
  public void run(Consumer<Finding> to) throws IOException {
    try (State state = State.copyForLooking(repository.root().resolve(".vat"), clock)) {
      to.accept(
          state
              .remark()
              .map(
                  remark ->
                      Finding.warning(
                          Check.STATE,
                          remark,
                          "The folder .vat is a cache: with no vat running, removing it loses no"
                              + " file."))
              .orElseGet(() -> Finding.ok(Check.STATE, "vat's own notes in .vat can be read.")));
      if (place.isPresent()) {
        for (JournalledUpload upload : state.uploads().all(place.get())) {
          to.accept(open(upload));
        }
        for (JournalledUpload upload : state.uploads().elsewhere(place.get())) {
          to.accept(isArchive(upload) ? archive(upload) : elsewhere(upload));
        }
      }
    }
  }

  /// Archives are made of folders, and go to a place of their own.
  private static boolean isArchive(JournalledUpload upload) {
    return upload.key().endsWith(".tar.gz") || upload.key().endsWith(".toc.json");
  }

  private static Finding archive(JournalledUpload upload) {
    return Finding.note(
        Check.LEFTOVERS,
        "The backup of "
            + upload.file()
            + " ("
            + Sizes.of(upload.sizeBytes())
            + "), begun "
            + TIME.format(upload.begunAt())
            + ", was stopped. Until it is finished, S3 keeps, and bills, the parts that it has.",
        "Run vat backup of that project again: it goes on where it was.");
  }

  /// The settings name another server, bucket or prefix by now. Whether they are wrong today or
  /// were then, only people know: nothing is aborted there.
  private static Finding elsewhere(JournalledUpload upload) {
    return Finding.note(
        Check.LEFTOVERS,
        "The upload of "
            + upload.file()
            + " ("
            + Sizes.of(upload.sizeBytes())
            + "), begun "
            + TIME.format(upload.begunAt())
            + ", went to "
            + upload.place().replace('|', ' ')
            + ", which the settings no longer name. Until it is finished or aborted, S3 keeps, and"
            + " bills, the parts that it has there.",
        "Set S3_COLLAB_BUCKET, S3_COLLAB_PREFIX and the endpoint as they were and run vat up once, or"
            + " let the bucket's own rule remove it (docs/setup-aws.md).");
  }

  private static Finding open(JournalledUpload upload) {
    return Finding.note(
        Check.LEFTOVERS,
        "The upload of "
            + upload.file()
            + " ("
            + Sizes.of(upload.sizeBytes())
            + "), begun "
            + TIME.format(upload.begunAt())
            + ", is not finished. Until then S3 keeps, and bills, the parts that it has.",
        "vat up in that project carries on with it.");
  }
}
