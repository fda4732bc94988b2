package dev.vat.lifecycle;

import dev.vat.catalog.ThawNote;
import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.Removed;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Written;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.Map;
import java.util.Optional;

/// The notes of thaws in the archive bucket, one for each archive (`PREFIX.vat/thaws/ID.json`, of a
/// dated one with its time), so that they outlive this computer and are a teammate's as well
/// (design 7.8, 7.12). A convenience: how a thaw stands, S3 itself tells.
public final class ThawNotes {
  /// What the keys of `vat`'s own notes in an archive bucket begin with, after the prefix.
  public static final String FOLDER = ".vat/";

  private static final String THAWS = FOLDER + "thaws/";

  private final ObjectStore store;
  private final String prefix;

  /// @param prefix of the archives, empty or ending in `/`
  public ThawNotes(ObjectStore store, String prefix) {
    this.store = store;
    this.prefix = prefix;
  }

  /// @param archive the key of the archive
  String keyOf(String archive) {
    String name = archive.substring(archive.lastIndexOf('/') + 1);
    String ending = ArchiveKeys.Kind.ARCHIVE.ending();
    String stem = name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
    return prefix + THAWS + Normalizer.normalize(stem, Normalizer.Form.NFC) + ".json";
  }

  /// The note of an archive.
  ///
  /// @param archive its key
  /// @return empty when there is none, or one that is not understood
  public Optional<ThawNote> find(String archive) throws IOException {
    Optional<ObjectFacts> there = store.head(keyOf(archive));
    return there.isEmpty() ? Optional.empty() : read(there.get());
  }

  private Optional<ThawNote> read(ObjectFacts there) throws IOException {
    long size = there.summary().sizeBytes();
    if (size > ThawNote.MOST_BYTES) {
      return Optional.empty();
    }
    try (InputStream in = store.read(there.summary().key(), there.summary().etag(), 0, size)) {
      return ThawNote.read(in.readAllBytes());
    } catch (StoreException.Changed meanwhile) {
      // Somebody is just writing it; whoever did asked for the same thaw.
      return Optional.empty();
    }
  }

  /// Writes a note. One of a teammate about the same version stays: they asked first.
  ///
  /// @return the note that is there now
  public ThawNote write(ThawNote note) throws IOException {
    String key = keyOf(note.key());
    Optional<ObjectFacts> there = store.head(key);
    Optional<ThawNote> theirs = there.isEmpty() ? Optional.empty() : read(there.get());
    if (theirs.filter(other -> isStill(other, note)).isPresent()) {
      return theirs.get();
    }
    Guard guard = there.map(t -> Guard.unchanged(t.summary().etag())).orElseGet(Guard::absent);
    ObjectAttributes attributes =
        new ObjectAttributes(
            "application/json", Map.of("repo", note.repo(), "project-id", note.project().value()));
    Written written = store.put(key, Body.of(note.document()), attributes, guard);
    return switch (written) {
      case Written.Stored _ -> note;
      // Somebody wrote it in this moment, and asks for the same.
      case Written.Refused _ -> find(note.key()).orElse(note);
    };
  }

  /// Whether a note is about the same version, asked for by somebody else, and not older than the
  /// thaw it tells of can be.
  private static boolean isStill(ThawNote theirs, ThawNote ours) {
    return theirs.etag().equals(ours.etag())
        && theirs.key().equals(ours.key())
        && !theirs.requestedBy().equals(ours.requestedBy())
        && ours.requestedAt().isBefore(theirs.readyBy());
  }

  /// Removes the note of a thaw that is done with; a note of another version or another asker's
  /// later thaw stays.
  public void remove(String archive, String etag) throws IOException {
    Optional<ObjectFacts> there = store.head(keyOf(archive));
    if (there.isEmpty()) {
      return;
    }
    boolean same = read(there.get()).filter(note -> note.etag().equals(etag)).isPresent();
    if (same) {
      // Changed meanwhile means somebody asks anew: theirs stays.
      Removed unused = store.remove(keyOf(archive), there.get().summary().etag());
    }
  }
}
