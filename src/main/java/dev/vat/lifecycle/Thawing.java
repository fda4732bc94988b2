package dev.vat.lifecycle;

import dev.vat.catalog.ThawNote;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.ThawAnswer;
import dev.vat.cloud.ThawTier;
import dev.vat.project.ProjectId;
import dev.vat.state.RememberedThaw;
import dev.vat.state.ThawJournal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Asks S3 to thaw archive objects, and remembers what for: here, and in the bucket, where a
/// teammate finds it (design 7.12). A thaw takes half a day to two days; nothing waits here.
///
/// What is wanted is noted before S3 is asked, so that a run that is cut leaves no thaw that costs
/// money and that nobody knows of.
public final class Thawing {
  private final ObjectStore store;
  private final Archive archive;
  private final ThawJournal journal;
  private final ThawNotes notes;
  private final InstantSource clock;

  /// Which archive, and who works with it.
  ///
  /// @param place server and bucket as one text, for the journal
  /// @param prefix of the archives, empty or ending in `/`
  /// @param repo the repository's name in keys
  /// @param user who asks
  public record Archive(String place, String prefix, String repo, String user) {}

  public Thawing(ObjectStore store, Archive archive, ThawJournal journal, InstantSource clock) {
    this.store = store;
    this.archive = archive;
    this.journal = journal;
    this.notes = new ThawNotes(store, archive.prefix());
    this.clock = clock;
  }

  /// What is asked for.
  ///
  /// @param days for which the thawed copy is to stay
  /// @param target where the project is to be brought afterwards, in the words of `--to`; empty for
  ///     none
  public record Wish(
      ProjectId project, ObjectSummary object, ThawTier tier, int days, String target) {
    /// @throws IllegalArgumentException when S3 does not offer the tier for the object's class
    public Wish {
      if (days < 1) {
        throw new IllegalArgumentException("a thaw is for days, not " + days);
      }
      if (tier.typicalWait(object.storageClass()).isEmpty()) {
        throw new IllegalArgumentException(
            "S3 does not thaw " + object.storageClass() + " by " + tier.word());
      }
    }

    /// The longest that it typically takes.
    Duration longestWait() {
      return tier.typicalWait(object.storageClass()).orElseThrow();
    }
  }

  /// What came of asking.
  public sealed interface Asked {
    /// It is under way now.
    ///
    /// @param readyBy the longest that it typically takes, from now
    record Begun(Instant readyBy) implements Asked {}

    /// It was under way already.
    ///
    /// @param by what is known of who asked for it
    record UnderWay(Optional<ThawNote> by) implements Asked {}

    /// It can be read, until then.
    record Ready(Instant until) implements Asked {}

    /// Nothing has to be thawed.
    record NotFrozen() implements Asked {}

    /// S3 has no capacity for the fastest tier now; nothing was asked for.
    record NoCapacity() implements Asked {}
  }

  /// How an object stands, as S3 and the notes here say.
  public ThawStanding standing(ObjectSummary object) throws IOException {
    return ThawStanding.of(object, journal.find(archive.place(), object.key()), clock.instant());
  }

  /// Asks S3. Safe to repeat: what is under way is not paid twice.
  ///
  /// @throws StoreException.Changed when the object is another by now; nothing was asked for
  public Asked ask(Wish wish) throws IOException {
    ObjectSummary object = wish.object();
    Optional<RememberedThaw> before = journal.find(archive.place(), object.key());
    Instant now = clock.instant();
    RememberedThaw ours = remembered(wish, now);
    journal.remember(ours);
    ThawAnswer answer;
    try {
      answer = store.thaw(object.key(), object.etag(), wish.days(), wish.tier());
    } catch (StoreException e) {
      if (!(e instanceof StoreException.Unreachable)) {
        // Refused for good: nothing is under way by it.
        restore(before, object.key());
      }
      throw e;
    }
    return switch (answer) {
      case ThawAnswer.Begun _ -> {
        notes.write(note(wish, ours));
        yield new Asked.Begun(ours.readyBy());
      }
      case ThawAnswer.UnderWay _ -> underWay(wish, before);
      case ThawAnswer.Kept kept -> new Asked.Ready(kept.until());
      case ThawAnswer.NotFrozen _ -> {
        restore(before, object.key());
        yield new Asked.NotFrozen();
      }
      case ThawAnswer.NoCapacity _ -> {
        restore(before, object.key());
        yield new Asked.NoCapacity();
      }
    };
  }

  /// For what is under way already: what it is for may be new, and a run that was cut after S3 took
  /// its request is made up for. Asks S3 for nothing.
  public Asked join(Wish wish) throws IOException {
    return underWay(wish, journal.find(archive.place(), wish.object().key()));
  }

  /// What was under way stays what it is; only what it is for may be new.
  private Asked underWay(Wish wish, Optional<RememberedThaw> before) throws IOException {
    Optional<ThawNote> note =
        notes.find(wish.object().key()).filter(n -> n.etag().equals(wish.object().etag().value()));
    if (before.isPresent() && before.get().etag().equals(wish.object().etag().value())) {
      RememberedThaw known = before.get();
      RememberedThaw renewed =
          new RememberedThaw(
              known.place(),
              known.key(),
              known.project(),
              known.etag(),
              known.tier(),
              known.days(),
              wish.target().isEmpty() ? known.target() : wish.target(),
              known.requestedAt(),
              known.readyBy());
      journal.remember(renewed);
      if (note.isEmpty()) {
        // The run that asked was cut before it wrote one.
        return new Asked.UnderWay(Optional.of(notes.write(note(wish, renewed))));
      }
    } else if (note.isPresent()) {
      journal.remember(
          new RememberedThaw(
              archive.place(),
              wish.object().key(),
              wish.project().value(),
              wish.object().etag().value(),
              note.get().tier(),
              Math.max(1, note.get().days()),
              wish.target(),
              note.get().requestedAt(),
              note.get().readyBy()));
    }
    return new Asked.UnderWay(note);
  }

  private void restore(Optional<RememberedThaw> before, String key) throws IOException {
    if (before.isPresent()) {
      journal.remember(before.get());
    } else {
      journal.forget(archive.place(), key);
    }
  }

  private RememberedThaw remembered(Wish wish, Instant now) {
    return new RememberedThaw(
        archive.place(),
        wish.object().key(),
        wish.project().value(),
        wish.object().etag().value(),
        wish.tier().word(),
        wish.days(),
        wish.target(),
        now,
        now.plus(wish.longestWait()));
  }

  private ThawNote note(Wish wish, RememberedThaw thaw) {
    boolean known =
        thaw.target().isEmpty() || thaw.target().equals("local") || thaw.target().equals("ssd");
    return new ThawNote(
        archive.repo(),
        wish.project(),
        thaw.key(),
        thaw.etag(),
        thaw.tier(),
        thaw.days(),
        known ? thaw.target() : "folder",
        archive.user(),
        thaw.requestedAt(),
        thaw.readyBy());
  }

  /// What a teammate or another computer noted of a thaw of this object.
  public Optional<ThawNote> noted(ObjectSummary object) throws IOException {
    return notes.find(object.key()).filter(note -> note.etag().equals(object.etag().value()));
  }

  /// Forgets a thaw that is done with: its project is home, or its days are over.
  public void done(ObjectSummary object) throws IOException {
    notes.remove(object.key(), object.etag().value());
    journal.forget(archive.place(), object.key());
  }
}
