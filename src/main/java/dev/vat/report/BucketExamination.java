package dev.vat.report;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.project.FileKinds;
import dev.vat.project.Repository;
import dev.vat.settings.CollabPlace;
import dev.vat.settings.S3Access;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Everything that needs the bucket: that it answers and lists, the clocks, and the write probes.
/// Where the server does not answer at all, the rest is said not to have been checked.
final class BucketExamination implements Examination {
  private final S3Access access;
  private final CollabPlace place;
  private final DoctorSubject.StoreOpener opener;
  private final InstantSource clock;
  private final Patience patience;
  private final boolean write;
  private final Repository repository;
  private final FileKinds kinds;
  private final RulesExamination rules;

  BucketExamination(
      DoctorSubject subject,
      S3Access access,
      CollabPlace place,
      Repository repository,
      FileKinds kinds,
      RulesExamination rules) {
    this.rules = rules;
    this.repository = repository;
    this.kinds = kinds;
    this.access = access;
    this.place = place;
    this.opener = subject.store();
    this.clock = subject.clock();
    this.patience = new Patience(subject.limit());
    this.write = subject.write();
  }

  @Override
  public Check check() {
    return Check.BUCKET;
  }

  @Override
  public void run(Consumer<Finding> to) throws IOException {
    try (ObjectStore store = opener.open(access, place.bucket())) {
      boolean more = read(store, to);
      if (!more) {
        to.accept(
            Finding.note(
                Check.WRITING, "What needs the bucket's answer was not checked any further.", ""));
        return;
      }
      names(store, to);
      unfinished(store, to);
      rules.run(to);
      if (write) {
        new WriteExamination(store, place.repositoryPrefix(), patience).run(to);
      } else {
        to.accept(
            Finding.note(
                Check.WRITING,
                "Whether the bucket can be written, and honours conditions, was not checked: that"
                    + " takes a small object, written and removed again.",
                "Run vat doctor without --no-write."));
      }
    }
  }

  private void names(ObjectStore store, Consumer<Finding> to) throws IOException {
    try {
      new SharedNamesExamination(store, place.repositoryPrefix(), repository, kinds, patience)
          .run(to);
    } catch (StoreException fault) {
      to.accept(StoreTrouble.finding(Check.SHARED_NAMES, fault));
    }
  }

  private void unfinished(ObjectStore store, Consumer<Finding> to) throws IOException {
    try {
      new OpenUploadsExamination(store, place.repositoryPrefix(), repository, clock, patience)
          .run(to);
    } catch (StoreException fault) {
      to.accept(StoreTrouble.finding(Check.LEFTOVERS, fault));
    }
  }

  /// @return whether asking on makes sense
  private boolean read(ObjectStore store, Consumer<Finding> to) throws IOException {
    try {
      Instant before = clock.instant();
      // It lists one key: what the narrowest credentials of a teammate allow.
      Instant server = patience.ask(() -> store.serverTime(place.repositoryPrefix()));
      Instant after = clock.instant();
      to.accept(
          Finding.ok(
              Check.BUCKET,
              "The bucket answers and can be listed: s3://"
                  + place.bucket()
                  + "/"
                  + place.repositoryPrefix()));
      to.accept(ClockReading.of(before, server, after).finding());
      return true;
    } catch (StoreException fault) {
      to.accept(StoreTrouble.finding(Check.BUCKET, fault));
      return !fault.endsEverything();
    }
  }
}
