package dev.vat.lifecycle;

import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.StoreException;
import dev.vat.state.ClassChangeJournal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
  /// this key and class, was begun since, holds nothing (no part is copied before the note), and
  /// was begun by us: a teammate may just be freezing the same archive. Who we are for this server,
  /// only an upload of ours tells, so one is begun for it; where the server does not tell, nothing
  /// is aborted, and the bucket's rule for unfinished uploads removes it.
  private int abortUnanswered(String key, ClassChangeJournal.Open asked) throws IOException {
    try {
      if (candidates(key, asked).isEmpty()) {
        return 0;
      }
      String probe =
          store.createUpload(
              key,
              new ObjectAttributes(
                  "application/octet-stream",
                  Map.of(),
                  new StorageClass(asked.storageClass()),
                  Map.of()));
      int aborted = abortOfUs(key, probe, candidates(key, asked));
      store.abortUpload(key, probe);
      return aborted;
    } catch (StoreException.AccessDenied | StoreException.Unsupported notTold) {
      // Narrow credentials may not ask.
      return 0;
    }
  }

  private int abortOfUs(String key, String probe, List<OpenUpload> open) throws IOException {
    String us =
        open.stream()
            .filter(upload -> upload.uploadId().equals(probe))
            .map(OpenUpload::initiator)
            .findFirst()
            .orElse("");
    int aborted = 0;
    for (OpenUpload upload : open) {
      if (!us.isEmpty()
          && upload.initiator().equals(us)
          && !upload.uploadId().equals(probe)
          && holdsNothing(upload)) {
        store.abortUpload(key, upload.uploadId());
        aborted++;
      }
    }
    return aborted;
  }

  private List<OpenUpload> candidates(String key, ClassChangeJournal.Open asked)
      throws StoreException {
    Instant since = asked.askedAt().minus(CLOCKS_DIFFER);
    List<OpenUpload> open = new ArrayList<>();
    store.listUploads(
        key,
        upload -> {
          if (upload.key().equals(key)
              && upload.storageClass().word().equals(asked.storageClass())
              && !upload.initiatedAt().isBefore(since)) {
            open.add(upload);
          }
        });
    return open;
  }

  private boolean holdsNothing(OpenUpload upload) throws IOException {
    try {
      return store.listParts(upload.key(), upload.uploadId()).isEmpty();
    } catch (StoreException.NoSuchUpload gone) {
      return false;
    }
  }
}
