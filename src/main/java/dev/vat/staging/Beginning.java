package dev.vat.staging;

import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.progress.Progress;
import dev.vat.state.JournalledUpload;
import dev.vat.state.UploadJournal;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Begins uploads in parts, or finds the ones that were begun and then forgotten, because `.vat/`
/// was lost or a run was cut before it noted S3's answer (design 7.6).
///
/// Without a note an upload is gone on with only when it is ours for certain: for exactly the key,
/// begun by whoever S3 says begins ours, with at least one part, and every part with the size and
/// checksum of the file's own bytes there. Everything else is left alone: other people may use the
/// same credentials. One without any part is removed when a note says that this computer asked for
/// it and was cut. One listing a run at most; where it is not allowed, nothing is found.
final class Beginning {
  /// S3 completes no upload with smaller parts, but for the last (S3 user guide, "multipart upload
  /// limits").
  private static final long LEAST_PART_BYTES = 5L * 1024 * 1024;

  private static final int MAX_PARTS = 10_000;

  private final ObjectStore store;
  private final StagedPlace place;
  private final UploadJournal journal;
  private final TransferLimits limits;
  private final InstantSource clock;
  private List<OpenUpload> ours;

  Beginning(
      ObjectStore store,
      StagedPlace place,
      UploadJournal journal,
      TransferLimits limits,
      InstantSource clock) {
    this.store = store;
    this.place = place;
    this.journal = journal;
    this.limits = limits;
    this.clock = clock;
  }

  /// @param upload journalled
  /// @param adopted whether it may hold parts already
  record Begun(JournalledUpload upload, boolean adopted) {}

  /// Begins an upload, or adopts a forgotten one.
  ///
  /// @param partBytes for a new one
  Begun of(LocalFile file, String key, ObjectAttributes attributes, long partBytes)
      throws IOException {
    boolean wasCut = journal.isUnanswered(place.placeId(), key);
    journal.ask(place.placeId(), key, file.path(), clock.instant());
    String fresh = store.createUpload(key, attributes);
    Optional<JournalledUpload> adopted = forgotten(file, key, fresh, wasCut);
    if (adopted.isPresent()) {
      // In this order: cut in between, the next run finds both again.
      store.abortUpload(key, fresh);
      journal.begin(adopted.get());
      return new Begun(adopted.get(), true);
    }
    return new Begun(noted(file, key, fresh, partBytes), false);
  }

  /// Begins an upload whatever else there is.
  JournalledUpload anew(LocalFile file, String key, ObjectAttributes attributes, long partBytes)
      throws IOException {
    journal.ask(place.placeId(), key, file.path(), clock.instant());
    return noted(file, key, store.createUpload(key, attributes), partBytes);
  }

  private JournalledUpload noted(LocalFile file, String key, String uploadId, long partBytes)
      throws IOException {
    JournalledUpload upload = journalled(file, key, uploadId, partBytes);
    journal.begin(upload);
    return upload;
  }

  private JournalledUpload journalled(LocalFile file, String key, String uploadId, long partBytes) {
    return new JournalledUpload(
        place.placeId(),
        key,
        uploadId,
        file.path(),
        file.sizeBytes(),
        file.modifiedAt(),
        file.content(),
        partBytes,
        clock.instant());
  }

  private Optional<JournalledUpload> forgotten(
      LocalFile file, String key, String fresh, boolean wasCut) throws IOException {
    Set<String> known =
        journal.all(place.placeId()).stream()
            .map(JournalledUpload::uploadId)
            .collect(Collectors.toSet());
    for (OpenUpload open : ours(fresh)) {
      if (!open.key().equals(key)
          || open.uploadId().equals(fresh)
          || known.contains(open.uploadId())) {
        continue;
      }
      List<UploadedPart> parts = partsOf(open);
      if (parts.isEmpty()) {
        if (wasCut) {
          store.abortUpload(key, open.uploadId());
        }
        continue;
      }
      Optional<Long> partBytes = layout(parts, file);
      if (partBytes.isPresent() && holds(parts, partBytes.get(), file)) {
        return Optional.of(journalled(file, key, open.uploadId(), partBytes.get()));
      }
    }
    return Optional.empty();
  }

  /// The open uploads of the project by whoever began `fresh`.
  private synchronized List<OpenUpload> ours(String fresh) throws IOException {
    if (ours == null) {
      List<OpenUpload> all = new ArrayList<>();
      try {
        store.listUploads(place.projectPrefix(), all::add);
      } catch (StoreException.AccessDenied
          | StoreException.Unsupported
          | StoreException.Failed notTold) {
        // Narrow credentials may not ask, and some servers do not tell. It costs time, no file.
        all.clear();
      }
      String us =
          all.stream()
              .filter(upload -> upload.uploadId().equals(fresh))
              .map(OpenUpload::initiator)
              .findFirst()
              .orElse("");
      ours =
          us.isEmpty()
              ? List.of()
              : all.stream().filter(upload -> upload.initiator().equals(us)).toList();
    }
    return ours;
  }

  private List<UploadedPart> partsOf(OpenUpload open) throws IOException {
    try {
      return store.listParts(open.key(), open.uploadId());
    } catch (StoreException.NoSuchUpload e) {
      // Completed or aborted since it was listed.
      return List.of();
    }
  }

  /// The size of its parts, if all can have one size, the last excepted.
  private Optional<Long> layout(List<UploadedPart> parts, LocalFile file) {
    long partBytes = parts.stream().mapToLong(UploadedPart::sizeBytes).max().orElseThrow();
    boolean tooSmall =
        partBytes < Math.min(LEAST_PART_BYTES, limits.partBytes()) && partBytes < file.sizeBytes();
    if (partBytes == 0 || tooSmall || Math.ceilDiv(file.sizeBytes(), partBytes) > MAX_PARTS) {
      return Optional.empty();
    }
    for (UploadedPart part : parts) {
      long rest = file.sizeBytes() - (part.number() - 1) * partBytes;
      if (part.sizeBytes() != Math.min(partBytes, rest)) {
        return Optional.empty();
      }
    }
    return Optional.of(partBytes);
  }

  private static boolean holds(List<UploadedPart> parts, long partBytes, LocalFile file)
      throws IOException {
    Progress.Task silent = Progress.none().begin("", 0);
    for (UploadedPart part : parts) {
      FileSlice slice =
          new FileSlice(file.path(), (part.number() - 1) * partBytes, part.sizeBytes(), silent);
      if (!Uploader.holds(part, slice, slice.crc32())) {
        return false;
      }
    }
    return true;
  }
}
