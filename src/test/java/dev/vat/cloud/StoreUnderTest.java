package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A server behind the port while a contract is tried on it, and how it differs from S3: a hook
/// says which way, and the difference is asserted, not skipped. A server that says nothing has to
/// do as S3 does.
interface StoreUnderTest {
  int MIB = 1024 * 1024;
  int PART = 5 * MIB;
  ObjectAttributes PLAIN = new ObjectAttributes("video/mp4", Map.of());

  /// The one that is open during this test.
  ObjectStore store();

  /// Below which this test's keys are: tests share a bucket.
  String prefix();

  /// Opens the store under test: each time the same bucket.
  ObjectStore open();

  /// Whether the server keeps the CRC-32 of whole objects, returns it, and checks it when an upload
  /// is completed.
  default boolean keepsChecksums() {
    return true;
  }

  /// Whether the sizes of a finished object's parts are told.
  default boolean tellsSizesOfParts() {
    return true;
  }

  /// Whether a listing of parts tells their checksums.
  default boolean listsChecksumsOfParts() {
    return true;
  }

  /// Whether an upload that was aborted is known to be none.
  default boolean knowsWhichUploadsAreGone() {
    return true;
  }

  /// Whether a key may lie "below" another one, as `a/b` below `a`.
  default boolean keysMayLieBelowKeys() {
    return true;
  }

  /// Whether a completion minds `If-Match`.
  default boolean completionMindsIfMatch() {
    return true;
  }

  /// Whether uploads are listed with the user who began them.
  default boolean namesInitiators() {
    return true;
  }

  /// Whether looks stand in for conditions that the server lacks: then of writes at the very same
  /// moment more than one may go through, and a guard that does not hold is seen before anything
  /// else.
  default boolean looksInsteadOfConditions() {
    return false;
  }

  /// Whether the server freezes, thaws, and changes the storage class by a copy.
  default boolean hasGlacier() {
    return true;
  }

  /// Whether the server keeps the tags of objects.
  default boolean keepsTags() {
    return true;
  }

  /// Whether the server takes other tags for an object that is there.
  default boolean replacesTags() {
    return keepsTags();
  }

  /// Lets the server's time pass; only where it freezes.
  default void pass(Duration time) throws Exception {
    throw new UnsupportedOperationException(String.valueOf(time));
  }

  /// As a listing has the object.
  default ObjectSummary listed(String key) throws StoreException {
    List<ObjectSummary> found = new ArrayList<>();
    store().list(key, found::add);
    return found.getFirst();
  }

  /// Copies an object onto itself, into another storage class.
  default Written moved(String key, ETag version, StorageClass to) throws StoreException {
    return store()
        .copy(key, version, key, CopyAttributes.in(to), Guard.unchanged(version), CopyWatch.none());
  }

  default byte[] contentOf(ObjectFacts facts) throws IOException {
    ObjectSummary summary = facts.summary();
    try (InputStream in = store().read(summary.key(), summary.etag(), 0, summary.sizeBytes())) {
      return in.readAllBytes();
    }
  }

  /// Fails where nothing was stored.
  static ETag stored(Written written) {
    assertThat(written).isInstanceOf(Written.Stored.class);
    return ((Written.Stored) written).version();
  }

  /// One of many calls at the same time.
  interface Numbered<T> {
    T run(int number) throws IOException;
  }

  /// Eight at a time; results in the order of their numbers.
  static <T> List<T> inParallel(int count, Numbered<T> work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        calls.add(() -> work.run(number));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : threads.invokeAll(calls)) {
        results.add(each.get());
      }
      return results;
    }
  }
}
