package dev.vat.lifecycle;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.OpenUpload;
import dev.vat.state.ClassChangeJournal;
import dev.vat.state.JournalledUpload;
import dev.vat.state.UploadJournal;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The unfinished uploads of a place that this computer's journal knows as its own: the only ones
/// that are ever aborted (design 7.6).
public final class OwnUploads {
  private final ObjectStore store;
  private final String place;
  private final UploadJournal uploads;
  private final Optional<ClassChangeJournal> changes;

  /// @param place server, bucket and prefix as one text
  /// @param changes of storage classes, for the archive place
  public OwnUploads(
      ObjectStore store,
      String place,
      UploadJournal uploads,
      Optional<ClassChangeJournal> changes) {
    this.store = store;
    this.place = place;
    this.uploads = uploads;
    this.changes = changes;
  }

  /// Their ids.
  public Set<String> ids() throws IOException {
    Set<String> ids = new HashSet<>();
    for (JournalledUpload upload : uploads.all(place)) {
      ids.add(upload.uploadId());
    }
    if (changes.isPresent()) {
      for (String key : changes.get().keys(place)) {
        ids.addAll(changing(key));
      }
    }
    return ids;
  }

  private Set<String> changing(String key) throws IOException {
    Set<String> ids = new HashSet<>();
    for (ClassChangeJournal.Open open : changes.orElseThrow().open(place, key)) {
      open.uploadId().ifPresent(ids::add);
    }
    return ids;
  }

  /// Aborts one, if the journal still knows it. Whoever calls holds the lock of the project whose
  /// key it is: else a running `vat` might be at work on it.
  ///
  /// @return whether it was; else it was finished or aborted since it was looked at
  public boolean abort(OpenUpload upload) throws IOException {
    if (isJournalled(upload)) {
      store.abortUpload(upload.key(), upload.uploadId());
      uploads.end(upload.uploadId());
      return true;
    }
    if (changes.isPresent() && changing(upload.key()).contains(upload.uploadId())) {
      new CutClassChanges(store, place, changes.get()).abortOf(upload.key());
      return true;
    }
    return false;
  }

  private boolean isJournalled(OpenUpload upload) throws IOException {
    return uploads.all(place).stream()
        .anyMatch(
            one -> one.uploadId().equals(upload.uploadId()) && one.key().equals(upload.key()));
  }
}
