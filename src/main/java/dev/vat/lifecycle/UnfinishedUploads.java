package dev.vat.lifecycle;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.disk.Parallel;
import dev.vat.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// The uploads in parts below a prefix that nobody has completed or aborted. S3 bills what they
/// hold.
///
/// @param uploads those of this computer first, then by S3's order of keys
/// @param more of others, that were only counted
public record UnfinishedUploads(List<One> uploads, long more) {
  /// Questions at once.
  private static final int AT_ONCE = 16;

  /// Of others' uploads; each takes a question, and no person reads more.
  private static final int MOST = 1_000;

  public UnfinishedUploads {
    uploads = List.copyOf(uploads);
  }

  /// One of them.
  ///
  /// @param ours whether this computer's journal knows it as its own
  /// @param bytes that its parts have; empty when S3 does not tell
  public record One(OpenUpload upload, boolean ours, OptionalLong bytes) {}

  /// None were looked for.
  public static UnfinishedUploads none() {
    return new UnfinishedUploads(List.of(), 0);
  }

  /// Looks now. Changes nothing.
  ///
  /// @param prefix what the keys begin with
  /// @param own ids of those that the journal knows
  /// @param ignored keys of others that are none of our business
  /// @throws StoreException.AccessDenied when they may not be listed
  /// @throws StoreException.Unsupported by a server that does not list them
  public static UnfinishedUploads look(
      ObjectStore store,
      String prefix,
      Set<String> own,
      Predicate<String> ignored,
      Progress progress)
      throws IOException {
    List<OpenUpload> ours = new ArrayList<>();
    List<OpenUpload> others = new ArrayList<>();
    long[] more = new long[1];
    store.listUploads(
        prefix,
        upload -> {
          if (own.contains(upload.uploadId())) {
            ours.add(upload);
          } else if (!ignored.test(upload.key())) {
            if (others.size() < MOST) {
              others.add(upload);
            } else {
              more[0]++;
            }
          }
        });
    Map<OpenUpload, OptionalLong> bytes = new ConcurrentHashMap<>();
    List<OpenUpload> all = new ArrayList<>(ours);
    all.addAll(others);
    if (!all.isEmpty()) {
      try (Progress.Task _ =
          progress.begin("asking S3 about " + all.size() + " unfinished uploads", -1)) {
        Parallel.forEach(all, AT_ONCE, upload -> ask(store, upload, bytes));
      }
    }
    return new UnfinishedUploads(
        all.stream()
            .filter(bytes::containsKey)
            .map(upload -> new One(upload, own.contains(upload.uploadId()), bytes.get(upload)))
            .toList(),
        more[0]);
  }

  /// One that was finished or aborted in this moment is none.
  private static void ask(ObjectStore store, OpenUpload upload, Map<OpenUpload, OptionalLong> bytes)
      throws IOException {
    try {
      bytes.put(
          upload,
          OptionalLong.of(
              store.listParts(upload.key(), upload.uploadId()).stream()
                  .mapToLong(UploadedPart::sizeBytes)
                  .sum()));
    } catch (StoreException.NoSuchUpload finished) {
      return;
    } catch (StoreException.AccessDenied | StoreException.Unsupported notTold) {
      bytes.put(upload, OptionalLong.empty());
    }
  }
}
