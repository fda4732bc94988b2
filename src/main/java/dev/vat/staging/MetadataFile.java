package dev.vat.staging;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Written;
import dev.vat.state.NotesCache;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// `metadata.json` of one project in S3: read, and changed only by compare-and-set in a loop, so
/// that two people who upload at once lose nothing of each other's notes.
final class MetadataFile {
  /// Two people rarely meet twice; this many refusals in a row mean something else is wrong.
  private static final int MAX_ROUNDS = 50;

  /// How often the reading may break off in the middle; each time S3 is asked with the store's own
  /// pauses and retries.
  private static final int MAX_BROKEN_OFF = 5;

  /// More than 200,000 entries: no file of ours.
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'_'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final ObjectStore store;
  private final StagedPlace place;
  private final Optional<NotesCache> known;
  private final InstantSource clock;
  private final MetadataCodec codec = new MetadataCodec();

  /// @param known versions that need not be read again, where anything is remembered
  MetadataFile(
      ObjectStore store, StagedPlace place, Optional<NotesCache> known, InstantSource clock) {
    this.store = store;
    this.place = place;
    this.known = known;
    this.clock = clock;
  }

  /// What is there now.
  ///
  /// @param etag of what was read; empty when there is none
  /// @param metadata empty of entries when nothing could be understood
  /// @param health what to tell the user
  record Loaded(Optional<ETag> etag, StagingMetadata metadata, NotesHealth health) {}

  /// Reads the version that a listing has just told, unless it is remembered.
  ///
  /// @param listed empty when the listing had none
  /// @param remember whether what was read may be remembered
  /// @throws NewerFormatException when it was written by a newer vat
  Loaded load(Optional<ObjectSummary> listed, boolean remember) throws IOException {
    if (listed.isEmpty()) {
      return new Loaded(Optional.empty(), StagingMetadata.empty(place), new NotesHealth.Missing());
    }
    try {
      return loaded(listed.get().etag(), listed.get().sizeBytes(), remember);
    } catch (StoreException.Changed e) {
      return loadNow(remember);
    }
  }

  private Loaded loadNow(boolean remember) throws IOException {
    StoreException.Changed last = null;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Optional<ObjectSummary> now = store.head(place.metadataKey()).map(ObjectFacts::summary);
      if (now.isEmpty()) {
        return load(now, remember);
      }
      try {
        return loaded(now.get().etag(), now.get().sizeBytes(), remember);
      } catch (StoreException.Changed e) {
        last = e;
      }
    }
    throw last;
  }

  private Loaded loaded(ETag etag, long size, boolean remember) throws IOException {
    if (size > MAX_BYTES) {
      return new Loaded(
          Optional.of(etag),
          StagingMetadata.empty(place),
          new NotesHealth.NotOurs("it is far too big"));
    }
    Optional<byte[]> remembered = remembered(etag).filter(bytes -> bytes.length == size);
    if (remembered.isPresent()) {
      return understood(etag, remembered.get());
    }
    byte[] bytes = read(etag, (int) size);
    if (remember) {
      remember(etag, bytes);
    }
    return understood(etag, bytes);
  }

  private Optional<byte[]> remembered(ETag etag) throws IOException {
    return known.isEmpty()
        ? Optional.empty()
        : known.get().document(place.placeId(), place.project(), etag.value());
  }

  private void remember(ETag etag, byte[] bytes) throws IOException {
    if (known.isPresent()) {
      known.get().remember(place.placeId(), place.project(), etag.value(), bytes);
    }
  }

  private Loaded understood(ETag etag, byte[] bytes) throws IOException {
    Optional<ETag> version = Optional.of(etag);
    return switch (codec.read(bytes, place)) {
      case MetadataCodec.Reading.Understood understood ->
          new Loaded(
              version,
              understood.metadata(),
              understood.whole() ? new NotesHealth.Good() : new NotesHealth.PartlyUnreadable());
      case MetadataCodec.Reading.NotOurs notOurs ->
          new Loaded(version, StagingMetadata.empty(place), new NotesHealth.NotOurs(notOurs.why()));
      case MetadataCodec.Reading.Newer newer ->
          throw new NewerFormatException(place, newer.version());
    };
  }

  /// The store asks again while nothing has come; what breaks off in the middle is read again here.
  private byte[] read(ETag etag, int size) throws IOException {
    for (int attempt = 1; size > 0; attempt++) {
      try (InputStream in = store.read(place.metadataKey(), etag, 0, size)) {
        return in.readNBytes(size);
      } catch (StoreException e) {
        throw e;
      } catch (IOException e) {
        if (attempt == MAX_BROKEN_OFF) {
          throw new StoreException.Unreachable(
              "Could not read "
                  + place.address()
                  + StagedPlace.METADATA_NAME
                  + ": the connection broke off again and again. Check the internet connection.",
              e);
        }
      }
    }
    return new byte[0];
  }

  /// Changes the file: reads it, applies `change`, writes it on condition that nobody wrote
  /// meanwhile, and again until that held.
  ///
  /// @param change pure; may be applied several times
  /// @throws StoreException when S3 fails; nothing was changed then, or all of it
  void update(UnaryOperator<StagingMetadata> change) throws IOException {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Loaded loaded = loadNow(true);
      if (!putAsideWhatIsLost(loaded)) {
        continue;
      }
      Guard guard = loaded.etag().<Guard>map(Guard::unchanged).orElseGet(Guard::absent);
      byte[] bytes = codec.write(change.apply(loaded.metadata()));
      ObjectAttributes attributes =
          new ObjectAttributes(
              "application/json",
              Map.of("repo", place.repo(), "project-id", place.project().value()));
      if (store.put(place.metadataKey(), Body.of(bytes), attributes, guard)
          instanceof Written.Stored stored) {
        remember(stored.version(), bytes);
        return;
      }
    }
    throw new StoreException.Unreachable(
        "cannot write "
            + place.address()
            + StagedPlace.METADATA_NAME
            + ": somebody else changed it "
            + MAX_ROUNDS
            + " times in a row. The files themselves are in S3; run the command again.",
        null);
  }

  /// @return false when the file changed meanwhile, so that it has to be read again
  private boolean putAsideWhatIsLost(Loaded loaded) throws IOException {
    return switch (loaded.health()) {
      case NotesHealth.Good _, NotesHealth.Missing _ -> true;
      case NotesHealth.PartlyUnreadable _, NotesHealth.NotOurs _ ->
          putAside(loaded.etag().orElseThrow());
    };
  }

  private boolean putAside(ETag foreign) throws IOException {
    Instant now = clock.instant();
    for (int second = 0; second < MAX_ROUNDS; second++) {
      String key = place.foreignMetadataKey(DATE.format(now.plusSeconds(second)));
      try {
        if (store.copy(place.metadataKey(), foreign, key, Guard.absent())
            instanceof Written.Stored) {
          return true;
        }
      } catch (StoreException.Changed e) {
        return false;
      }
    }
    return false;
  }
}
