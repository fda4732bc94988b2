package dev.vat.staging;

import dev.vat.cloud.Crc32Combination;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.SourceChangedException;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import dev.vat.disk.Parallel;
import dev.vat.progress.Progress;
import dev.vat.project.Md5;
import dev.vat.state.JournalledUpload;
import dev.vat.state.UploadJournal;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Sends one file, in one request or in journalled parts. What becomes visible in S3 is exactly the
/// content that was hashed, or nothing.
final class Uploader {
  /// S3 takes at most this many parts (S3 user guide, "multipart upload limits").
  private static final int MAX_PARTS = 10_000;

  private final ObjectStore store;
  private final StagedPlace place;
  private final UploadJournal journal;
  private final TransferLimits limits;
  private final Progress progress;
  private final String user;
  private final Beginning beginning;

  Uploader(
      ObjectStore store,
      StagedPlace place,
      UploadJournal journal,
      TransferLimits limits,
      Progress progress,
      String user,
      InstantSource clock) {
    this.store = store;
    this.place = place;
    this.journal = journal;
    this.limits = limits;
    this.progress = progress;
    this.user = user;
    this.beginning = new Beginning(store, place, journal, limits, clock);
  }

  /// Sends the file under a key.
  ///
  /// After a failure nothing is visible under the key that was not there before; parts that S3 has
  /// already are not sent again by the next call for the same content.
  ///
  /// @throws SourceChangedException when the file is no longer what was hashed
  Written upload(LocalFile file, String key, Guard guard) throws IOException {
    try (Progress.Task task = progress.begin("uploading " + file.name(), file.sizeBytes())) {
      return file.sizeBytes() <= limits.partBytes()
          ? whole(file, key, guard, task)
          : inParts(file, key, guard, task);
    }
  }

  /// Aborts an upload that an earlier run began and nobody needs any more.
  void abandon(JournalledUpload upload) throws IOException {
    store.abortUpload(upload.key(), upload.uploadId());
    journal.end(upload.uploadId());
  }

  private Written whole(LocalFile file, String key, Guard guard, Progress.Task task)
      throws IOException {
    FileSlice body = new FileSlice(file.path(), 0, file.sizeBytes(), task);
    limits.take();
    try {
      if (body.crc32() != file.content().crc32()) {
        throw changed(file);
      }
      return store.put(key, body, attributes(file), guard);
    } finally {
      limits.giveBack();
    }
  }

  private Written inParts(LocalFile file, String key, Guard guard, Progress.Task task)
      throws IOException {
    Optional<JournalledUpload> earlier = journal.find(place.placeId(), key);
    if (earlier.isPresent()) {
      if (isOf(earlier.get(), file)) {
        try {
          return resumed(earlier.get(), file, guard, task);
        } catch (StoreException.NoSuchUpload e) {
          journal.end(earlier.get().uploadId());
        }
      } else {
        abandon(earlier.get());
      }
    }
    Beginning.Begun begun = beginning.of(file, key, attributes(file), partBytes(file.sizeBytes()));
    return begun.adopted()
        ? adopted(begun.upload(), file, guard, task)
        : sent(begun.upload(), file, Map.of(), guard, task);
  }

  /// Goes on with an upload that was forgotten. One that another program of ours began may not take
  /// our kind of parts: it is left to its program.
  private Written adopted(JournalledUpload upload, LocalFile file, Guard guard, Progress.Task task)
      throws IOException {
    try {
      return resumed(upload, file, guard, task);
    } catch (StoreException.NoSuchUpload | StoreException.Failed e) {
      journal.end(upload.uploadId());
      JournalledUpload fresh =
          beginning.anew(file, upload.key(), attributes(file), partBytes(file.sizeBytes()));
      return sent(fresh, file, Map.of(), guard, task);
    }
  }

  private static boolean isOf(JournalledUpload upload, LocalFile file) {
    return upload.content().equals(file.content());
  }

  private Written resumed(JournalledUpload upload, LocalFile file, Guard guard, Progress.Task task)
      throws IOException {
    Map<Integer, UploadedPart> there =
        store.listParts(upload.key(), upload.uploadId()).stream()
            .collect(Collectors.toMap(UploadedPart::number, Function.identity()));
    return sent(upload, file, there, guard, task);
  }

  private Written sent(
      JournalledUpload upload,
      LocalFile file,
      Map<Integer, UploadedPart> there,
      Guard guard,
      Progress.Task task)
      throws IOException {
    int count = Math.toIntExact(Math.ceilDiv(file.sizeBytes(), upload.partBytes()));
    UploadedPart[] parts = new UploadedPart[count];
    int[] sums = new int[count];
    try {
      Parallel.forEach(
          IntStream.rangeClosed(1, count).boxed().toList(),
          limits.atOnce(),
          number -> {
            FileSlice slice = slice(upload, file, number, task);
            limits.take();
            try {
              sums[number - 1] = slice.crc32();
              parts[number - 1] =
                  part(upload, number, slice, sums[number - 1], there.get(number), task);
            } finally {
              limits.giveBack();
            }
          });
      if (combined(sums, upload, file) != file.content().crc32()) {
        throw changed(file);
      }
    } catch (SourceChangedException e) {
      abandon(upload);
      throw e;
    }
    return completed(upload, List.of(parts), guard);
  }

  private Written completed(JournalledUpload upload, List<UploadedPart> parts, Guard guard)
      throws IOException {
    Written written =
        store.completeUpload(
            upload.key(),
            upload.uploadId(),
            parts,
            upload.sizeBytes(),
            upload.content().crc32(),
            guard);
    switch (written) {
      case Written.Stored _ -> journal.end(upload.uploadId());
      case Written.Refused _ -> abandon(upload);
    }
    return written;
  }

  private static FileSlice slice(
      JournalledUpload upload, LocalFile file, int number, Progress.Task task) {
    long offset = (number - 1) * upload.partBytes();
    long size = Math.min(upload.partBytes(), file.sizeBytes() - offset);
    return new FileSlice(file.path(), offset, size, task);
  }

  private UploadedPart part(
      JournalledUpload upload,
      int number,
      FileSlice slice,
      int crc32,
      UploadedPart there,
      Progress.Task task)
      throws IOException {
    if (there != null && holds(there, slice, crc32)) {
      task.skip(slice.sizeBytes());
      return there;
    }
    return store.uploadPart(upload.key(), upload.uploadId(), number, slice);
  }

  /// Whether S3 has these very bytes: by their CRC-32 where the server keeps it, else by the part's
  /// ETag, which is its MD5.
  static boolean holds(UploadedPart there, FileSlice slice, int crc32) throws IOException {
    if (there.sizeBytes() != slice.sizeBytes()) {
      return false;
    }
    if (there.crc32().isPresent()) {
      return there.crc32().getAsInt() == crc32;
    }
    return there.etag().value().equals(Md5.of(slice.md5()).hex());
  }

  private static int combined(int[] sums, JournalledUpload upload, LocalFile file) {
    int crc = sums[0];
    for (int i = 1; i < sums.length; i++) {
      long size = Math.min(upload.partBytes(), file.sizeBytes() - i * upload.partBytes());
      crc = Crc32Combination.of(crc, sums[i], size);
    }
    return crc;
  }

  private long partBytes(long sizeBytes) {
    return Math.max(limits.partBytes(), Math.ceilDiv(sizeBytes, MAX_PARTS));
  }

  private ObjectAttributes attributes(LocalFile file) {
    Instant modified = file.modifiedAt();
    BigDecimal mtime =
        BigDecimal.valueOf(modified.getEpochSecond())
            .add(BigDecimal.valueOf(modified.getNano(), 9));
    return new ObjectAttributes(
        ContentTypes.of(file.name().fileName()),
        Map.of(
            "md5chksum", file.content().md5().base64(),
            "mtime", mtime.toPlainString(),
            "uploaded-by", user,
            "project-id", place.project().value(),
            "repo", place.repo()));
  }

  private static SourceChangedException changed(LocalFile file) {
    return new SourceChangedException(
        file.name()
            + " changed while it was being sent. Nothing of it is visible in S3; run the command"
            + " again when it is finished.");
  }
}
