package dev.vat.lifecycle;

import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.project.ContentHash;
import dev.vat.state.JournalledUpload;
import dev.vat.state.UploadJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Begins uploads of archives in parts, and finds those that earlier runs of this computer left
/// open, so that they are gone on with or aborted and never forgotten (design 7.6). Other people's
/// are never touched.
final class ArchiveUploads {
  /// Small enough that little is sent twice after a cut, big enough that a request's overhead does
  /// not count.
  private static final long PART_BYTES = 8L << 20;

  /// Two of these have to be in memory.
  private static final long MOST_PART_BYTES = 96L << 20;

  /// S3 takes at most this many parts (S3 user guide, "multipart upload limits").
  private static final int MAX_PARTS = 10_000;

  /// More does not go into one archive here: 10,000 parts of 96 MiB.
  static final long LARGEST_BYTES = MAX_PARTS * MOST_PART_BYTES;

  private final ObjectStore store;
  private final String place;
  private final UploadJournal journal;
  private final InstantSource clock;
  private final long smallest;

  /// @param place server, bucket and prefix as one text, for the journal
  ArchiveUploads(ObjectStore store, String place, UploadJournal journal, InstantSource clock) {
    this(store, place, journal, clock, PART_BYTES);
  }

  ArchiveUploads(
      ObjectStore store, String place, UploadJournal journal, InstantSource clock, long smallest) {
    this.store = store;
    this.place = place;
    this.journal = journal;
    this.clock = clock;
    this.smallest = smallest;
  }

  /// What is being sent: an upload of another one is of no use.
  ///
  /// @param folder it is made of
  /// @param listing of the folder's files, with a checksum of their names, sizes and times
  record Subject(Path folder, ContentHash listing) {}

  /// An upload under way, with the parts that S3 has already.
  record Open(JournalledUpload upload, Map<Integer, UploadedPart> there) {}

  ObjectStore store() {
    return store;
  }

  /// The size of parts for an archive that has at most so many bytes.
  long partBytes(long largestBytes) {
    return partBytes(largestBytes, smallest);
  }

  /// The same without smaller parts for tests.
  static long usualPartBytes(long largestBytes) {
    return partBytes(largestBytes, PART_BYTES);
  }

  private static long partBytes(long largestBytes, long smallest) {
    long mib = 1L << 20;
    long least = Math.ceilDiv(largestBytes, MAX_PARTS);
    return least <= smallest ? smallest : Math.ceilDiv(least, mib) * mib;
  }

  /// What an earlier run left open of the same content; what it left of another one is aborted.
  Optional<Open> earlier(String key, Subject subject, long largestBytes) throws IOException {
    Optional<JournalledUpload> found = journal.find(place, key);
    while (found.isPresent()) {
      JournalledUpload upload = found.get();
      boolean same =
          upload.content().equals(subject.listing())
              && upload.partBytes() <= MOST_PART_BYTES
              && Math.ceilDiv(largestBytes, upload.partBytes()) <= MAX_PARTS;
      if (same) {
        try {
          return Optional.of(
              new Open(
                  upload,
                  store.listParts(key, upload.uploadId()).stream()
                      .collect(Collectors.toMap(UploadedPart::number, Function.identity()))));
        } catch (StoreException.NoSuchUpload gone) {
          journal.end(upload.uploadId());
        }
      } else {
        abort(upload);
      }
      found = journal.find(place, key);
    }
    return Optional.empty();
  }

  /// Begins one, and aborts what a run left that was cut before it noted S3's answer: one of the
  /// same user's without any part.
  Open begin(String key, ObjectAttributes attributes, Subject subject, long partBytes)
      throws IOException {
    boolean wasCut = journal.isUnanswered(place, key);
    Instant now = clock.instant();
    journal.ask(place, key, subject.folder(), now);
    String id = store.createUpload(key, attributes);
    if (wasCut) {
      abortUnanswered(key, id);
    }
    JournalledUpload upload =
        new JournalledUpload(
            place,
            key,
            id,
            subject.folder(),
            subject.listing().sizeBytes(),
            now,
            subject.listing(),
            partBytes,
            now);
    journal.begin(upload);
    return new Open(upload, Map.of());
  }

  private void abortUnanswered(String key, String ours) throws IOException {
    try {
      abortWithoutParts(key, ours);
    } catch (StoreException.AccessDenied
        | StoreException.Unsupported
        | StoreException.Failed notTold) {
      // Narrow credentials may not ask or abort, and some servers do not tell. It holds no part, so
      // nothing is billed for it, and the bucket's own rule for incomplete uploads gets it; it is
      // no reason to store nothing, in this run and each that follows.
      return;
    }
  }

  private void abortWithoutParts(String key, String ours) throws IOException {
    List<OpenUpload> open = new ArrayList<>();
    store.listUploads(
        key,
        upload -> {
          if (upload.key().equals(key)) {
            open.add(upload);
          }
        });
    String us =
        open.stream()
            .filter(upload -> upload.uploadId().equals(ours))
            .map(OpenUpload::initiator)
            .findFirst()
            .orElse("");
    for (OpenUpload upload : open) {
      if (!upload.uploadId().equals(ours)
          && !us.isEmpty()
          && upload.initiator().equals(us)
          && hasNoParts(upload)) {
        store.abortUpload(key, upload.uploadId());
      }
    }
  }

  private boolean hasNoParts(OpenUpload upload) throws IOException {
    try {
      return store.listParts(upload.key(), upload.uploadId()).isEmpty();
    } catch (StoreException.NoSuchUpload gone) {
      return false;
    }
  }

  /// It is completed.
  void ended(JournalledUpload upload) throws IOException {
    journal.end(upload.uploadId());
  }

  /// Nobody needs it any more.
  void abort(JournalledUpload upload) throws IOException {
    store.abortUpload(upload.key(), upload.uploadId());
    journal.end(upload.uploadId());
  }

  /// Aborts what earlier runs left of a key.
  void abortAll(String key) throws IOException {
    for (Optional<JournalledUpload> found = journal.find(place, key);
        found.isPresent();
        found = journal.find(place, key)) {
      abort(found.get());
    }
  }
}
