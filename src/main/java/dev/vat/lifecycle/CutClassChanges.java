package dev.vat.lifecycle;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.StoreException;
import dev.vat.state.ClassChangeJournal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Aborts the uploads by which runs of this computer were changing storage classes when they were
/// cut. What is not in the journal is nobody's business here: it may be a teammate's.
///
/// Whoever calls holds the lock of the project whose key it is: else it could be under way.
public final class CutClassChanges {
  /// S3 refuses requests from clocks that differ more, so an upload of ours cannot seem older.
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(15);

  private final ObjectStore store;
  private final String place;
  private final ClassChangeJournal journal;

  /// @param place server and bucket as one text
  public CutClassChanges(ObjectStore store, String place, ClassChangeJournal journal) {
    this.store = store;
    this.place = place;
    this.journal = journal;
  }

  /// Aborts what is left of a key, and forgets it.
  ///
  /// @return how many uploads
  public int abortOf(String key) throws IOException {
    List<ClassChangeJournal.Open> left = journal.open(place, key);
    int aborted = 0;
    for (ClassChangeJournal.Open open : left) {
      if (open.uploadId().isPresent()) {
        store.abortUpload(key, open.uploadId().get());
        aborted++;
      } else {
        aborted += abortUnanswered(key, open);
      }
    }
    if (!left.isEmpty()) {
      journal.ended(place, key);
    }
    return aborted;
  }

  /// The run was cut between asking for an upload and noting its id. Such an upload has exactly
  // this
  /// key and class, was begun since, and holds nothing: no part is copied before the note.
  private int abortUnanswered(String key, ClassChangeJournal.Open asked) throws IOException {
    Instant since = asked.askedAt().minus(CLOCKS_DIFFER);
    List<OpenUpload> ours = new ArrayList<>();
    try {
      store.listUploads(
          key,
          upload -> {
            if (upload.key().equals(key)
                && upload.storageClass().word().equals(asked.storageClass())
                && !upload.initiatedAt().isBefore(since)) {
              ours.add(upload);
            }
          });
    } catch (StoreException.AccessDenied | StoreException.Unsupported notTold) {
      // Narrow credentials may not ask. The bucket's rule for unfinished uploads removes it.
      return 0;
    }
    int aborted = 0;
    for (OpenUpload upload : ours) {
      if (holdsNothing(upload)) {
        store.abortUpload(key, upload.uploadId());
        aborted++;
      }
    }
    return aborted;
  }

  private boolean holdsNothing(OpenUpload upload) throws IOException {
    try {
      return store.listParts(upload.key(), upload.uploadId()).isEmpty();
    } catch (StoreException.NoSuchUpload gone) {
      return false;
    }
  }
}
