package dev.vat.lifecycle;

import dev.vat.cloud.CopyAttributes;
import dev.vat.cloud.CopyWatch;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Written;
import dev.vat.progress.Progress;
import dev.vat.state.ClassChangeJournal;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/// Moves archive objects to a colder storage class, inside S3: a copy of the key onto itself, on
/// condition that it still is the version that was looked at. No byte passes this computer, and at
/// every moment the whole object is under its key, in the old class or in the new one: what is cut,
/// refused or changed meanwhile leaves it as it was.
///
/// Whoever calls holds the project's lock, except for [#plan].
public final class Freezing {
  /// S3's life cycle rules leave smaller ones alone as well, because requests and the 40 KB that
  /// S3 adds to each frozen object eat up what they save. Source: S3 User Guide, "Transitioning
  /// objects using Amazon S3 Lifecycle".
  public static final long LEAST_BYTES = 128 * 1024;

  private final ObjectStore store;
  private final String place;
  private final ClassChangeJournal journal;
  private final CutClassChanges cut;
  private final InstantSource clock;

  /// @param store the archive bucket
  /// @param place server and bucket as one text, for the journal
  public Freezing(
      ObjectStore store, String place, ClassChangeJournal journal, InstantSource clock) {
    this.store = store;
    this.place = place;
    this.journal = journal;
    this.cut = new CutClassChanges(store, place, journal);
    this.clock = clock;
  }

  /// What is to be done with an object. Pure.
  ///
  /// @param repository the one that this is about
  public static FreezeStep plan(CloudArchive archive, String repository, StorageClass to) {
    StorageClass from = archive.object().storageClass();
    switch (archive.owner(repository)) {
      case OURS -> {}
      case UNSAID -> {
        return new FreezeStep.Stay(archive, FreezeStep.Why.UNSAID);
      }
      case ANOTHERS -> {
        return new FreezeStep.Stay(archive, FreezeStep.Why.NOT_OURS);
      }
    }
    if (from.equals(to)) {
      return new FreezeStep.Stay(archive, FreezeStep.Why.ALREADY);
    }
    if (from.isFrozenClass()) {
      return new FreezeStep.Stay(archive, FreezeStep.Why.FROZEN_ELSEWHERE);
    }
    if (archive.object().sizeBytes() < LEAST_BYTES) {
      return new FreezeStep.Stay(archive, FreezeStep.Why.TOO_SMALL);
    }
    return new FreezeStep.Move(archive, to);
  }

  /// How a move ended.
  public sealed interface Outcome {
    /// It is in the class, proven by a look: same size, metadata and checksum of the whole.
    ///
    /// @param now as S3 tells it afterwards
    record Frozen(ObjectFacts now) implements Outcome {}

    /// Somebody moved it there meanwhile, as we were about to.
    record FrozenAlready(ObjectFacts now) implements Outcome {}

    /// It is no longer what was looked at. Nothing was changed.
    record Changed() implements Outcome {}
  }

  /// Does what was planned. What an earlier run of this computer left open of it is aborted first.
  ///
  /// @throws StoreException for faults; the object is whole, and the same call again goes on
  public Outcome apply(FreezeStep.Move move, Progress progress) throws IOException {
    String key = move.archive().key();
    cut.abortOf(key);
    journal.ask(place, key, move.to().word(), clock.instant());
    Outcome outcome;
    long size = move.archive().object().sizeBytes();
    try (Progress.Task task = progress.begin("freezing " + move.archive().project(), size)) {
      Watch watch = new Watch(move, task);
      try {
        outcome = moved(move, watch);
      } catch (StoreException e) {
        if (!watch.isOpen()) {
          journal.ended(place, key);
        }
        throw e;
      }
    }
    journal.ended(place, key);
    return outcome;
  }

  private Outcome moved(FreezeStep.Move move, CopyWatch watch) throws StoreException {
    CloudArchive archive = move.archive();
    ETag version = archive.object().etag();
    try {
      Written written =
          store.copy(
              archive.key(),
              version,
              archive.key(),
              CopyAttributes.in(move.to()),
              Guard.unchanged(version),
              watch);
      return switch (written) {
        case Written.Stored _ -> proven(move);
        case Written.Refused _ -> asItIs(move);
      };
    } catch (StoreException.Changed | StoreException.Frozen changed) {
      return asItIs(move);
    }
  }

  /// Looks at what came of it. S3 answers a copy only when it is whole; this finds a server that
  /// does not do what it says.
  private Outcome proven(FreezeStep.Move move) throws StoreException {
    Optional<ObjectFacts> now = store.head(move.archive().key());
    if (now.isEmpty() || !isSame(move.archive().facts(), now.get())) {
      return new Outcome.Changed();
    }
    if (!now.get().summary().storageClass().equals(move.to())) {
      throw new StoreException.Unsupported(
          "The server took the copy of s3://"
              + store.bucket()
              + "/"
              + move.archive().key()
              + " and left it in "
              + now.get().summary().storageClass()
              + ": it does not change storage classes. The object is whole.",
          null);
    }
    return new Outcome.Frozen(now.get());
  }

  private Outcome asItIs(FreezeStep.Move move) throws StoreException {
    Optional<ObjectFacts> now = store.head(move.archive().key());
    boolean there =
        now.isPresent()
            && isSame(move.archive().facts(), now.get())
            && now.get().summary().storageClass().equals(move.to());
    return there ? new Outcome.FrozenAlready(now.get()) : new Outcome.Changed();
  }

  /// An ETag of parts changes by a copy; what it stands for does not.
  private static boolean isSame(ObjectFacts before, ObjectFacts now) {
    boolean sameSum =
        before.crc32().isEmpty() || now.crc32().isEmpty() || before.crc32().equals(now.crc32());
    return sameSum
        && before.summary().sizeBytes() == now.summary().sizeBytes()
        && before.metadata().equals(now.metadata());
  }

  /// Notes the upload of a copy in parts before its first part.
  private final class Watch implements CopyWatch {
    private final FreezeStep.Move move;
    private final Progress.Task task;
    private boolean open;

    private Watch(FreezeStep.Move move, Progress.Task task) {
      this.move = move;
      this.task = task;
    }

    /// Whether its upload could neither be completed nor aborted.
    private boolean isOpen() {
      return open;
    }

    @Override
    public void began(String key, String uploadId) throws StoreException {
      try {
        journal.began(place, key, uploadId, move.to().word(), clock.instant());
        open = true;
      } catch (IOException e) {
        throw new StoreException.Failed(
            "Could not note that s3://"
                + store.bucket()
                + "/"
                + key
                + " is being moved: "
                + e.getMessage(),
            e);
      }
    }

    @Override
    public void copied(long bytes) {
      task.advance(bytes);
    }

    @Override
    public void ended(String key, String uploadId) {
      open = false;
    }
  }
}
