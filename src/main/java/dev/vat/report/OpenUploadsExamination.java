package dev.vat.report;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.project.Repository;
import dev.vat.project.Sizes;
import dev.vat.state.JournalledUpload;
import dev.vat.state.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Uploads in parts that somebody began below the repository's prefix and nobody finished, without
/// those that this computer remembers. Nothing is aborted: who is at work on them nobody can tell
/// from here.
final class OpenUploadsExamination implements Examination {
  /// Each costs a request; a bucket with more has a rule to set, not a list to read.
  private static final int MOST = 10;

  private final ObjectStore store;
  private final String prefix;
  private final Repository repository;
  private final InstantSource clock;
  private final Patience patience;

  /// @param prefix what every key of the repository begins with
  OpenUploadsExamination(
      ObjectStore store,
      String prefix,
      Repository repository,
      InstantSource clock,
      Patience patience) {
    this.store = store;
    this.prefix = prefix;
    this.repository = repository;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public Check check() {
    return Check.LEFTOVERS;
  }

  @Override
  public void run(Consumer<Finding> to) throws IOException {
    List<OpenUpload> open = new ArrayList<>();
    try {
      patience.ask(
          () -> {
            store.listUploads(prefix, open::add);
            return open;
          });
    } catch (StoreException.AccessDenied | StoreException.Unsupported notTold) {
      to.accept(
          Finding.note(
              Check.LEFTOVERS,
              "Whether unfinished uploads lie in the bucket was not told: " + notTold.getMessage(),
              ""));
      return;
    }
    Set<String> remembered = remembered();
    open.removeIf(
        upload ->
            remembered.contains(upload.uploadId())
                || upload.key().startsWith(prefix + ProbeObject.FOLDER));
    for (OpenUpload upload : open.subList(0, Math.min(MOST, open.size()))) {
      to.accept(finding(upload));
    }
    if (open.size() > MOST) {
      to.accept(
          Finding.note(
              Check.LEFTOVERS,
              "And " + (open.size() - MOST) + " more unfinished uploads.",
              "Give the bucket a rule that removes them by itself: docs/setup-aws.md."));
    }
    if (open.isEmpty()) {
      to.accept(Finding.ok(Check.LEFTOVERS, "Nobody left an unfinished upload in the bucket."));
    }
  }

  private Set<String> remembered() throws IOException {
    try (State state = State.copyForLooking(repository.root().resolve(".vat"), clock)) {
      return state.uploads().everywhere().stream()
          .map(JournalledUpload::uploadId)
          .collect(Collectors.toSet());
    }
  }

  private Finding finding(OpenUpload upload) throws IOException {
    return Finding.note(
        Check.LEFTOVERS,
        "An upload of s3://"
            + store.bucket()
            + "/"
            + upload.key()
            + " is not finished: begun "
            + age(upload.initiatedAt())
            + " ago"
            + (upload.initiator().isEmpty() ? "" : " by " + upload.initiator())
            + ", "
            + held(upload)
            + ". S3 keeps, and bills, its parts.",
        "If nobody is sending it, the bucket's own rule removes it (docs/setup-aws.md), or: aws s3api"
            + " abort-multipart-upload --bucket "
            + store.bucket()
            + " --key '"
            + upload.key().replace("'", "'\\''")
            + "' --upload-id "
            + upload.uploadId());
  }

  private String age(Instant begun) {
    Duration age = Duration.between(begun, clock.instant());
    long hours = Math.max(0, age.toHours());
    return hours < 48 ? hours + (hours == 1 ? " hour" : " hours") : age.toDays() + " days";
  }

  private String held(OpenUpload upload) throws IOException {
    try {
      List<UploadedPart> parts =
          patience.ask(() -> store.listParts(upload.key(), upload.uploadId()));
      long bytes = parts.stream().mapToLong(UploadedPart::sizeBytes).sum();
      return Sizes.of(bytes) + " so far";
    } catch (StoreException.NoSuchUpload gone) {
      return "finished or aborted at this very moment";
    } catch (StoreException.AccessDenied notTold) {
      return "its size so far is not told";
    }
  }
}
