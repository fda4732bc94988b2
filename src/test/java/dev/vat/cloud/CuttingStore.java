package dev.vat.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// A store whose client's process ends at some moment: before or after a call had its effect. From
/// then on nothing gets through, as nothing does after a kill.
public final class CuttingStore extends ForwardingStore {
  /// The end of the process. Not an exception that anybody handles.
  public static final class Cut extends Error {
    private static final long serialVersionUID = 1;

    public Cut() {
      super("cut", null, false, false);
    }
  }

  private static final int NEVER = Integer.MAX_VALUE;

  private final AtomicInteger stepsLeft = new AtomicInteger(NEVER);
  private final AtomicReference<Event> event = new AtomicReference<>();

  private final AtomicReference<String> lastKey = new AtomicReference<>();

  private record Event(AtomicInteger stepsLeft, Runnable what) {}

  public CuttingStore(ObjectStore store) {
    super(store);
  }

  /// Cuts before the step with this number, from 0. Each call has one step before its effect and
  /// one after.
  public void cutAt(int step) {
    stepsLeft.set(step);
  }

  /// Cuts before something is put under the key.
  public void cutBeforePutting(String key) {
    lastKey.set(key);
  }

  /// Something that happens once, before the step with this number, from 0.
  public void onceBefore(int step, Runnable what) {
    event.set(new Event(new AtomicInteger(step), what));
  }

  /// A new process.
  public void mend() {
    stepsLeft.set(NEVER);
    event.set(null);
    lastKey.set(null);
  }

  /// Whether the cut has come.
  public boolean isCut() {
    return stepsLeft.get() < 0;
  }

  /// One step, also of something else that the same process does.
  public void step() {
    Event waiting = event.get();
    if (waiting != null && waiting.stepsLeft.getAndDecrement() == 0) {
      waiting.what.run();
    }
    if (stepsLeft.get() == NEVER) {
      return;
    }
    if (stepsLeft.updateAndGet(left -> left < 0 ? left : left - 1) < 0) {
      throw new Cut();
    }
  }

  @Override
  public void list(String prefix, Consumer<ObjectSummary> each) throws StoreException {
    step();
    super.list(prefix, each);
  }

  @Override
  public void listFolders(String prefix, Consumer<String> each) throws StoreException {
    step();
    super.listFolders(prefix, each);
  }

  @Override
  public Optional<ObjectFacts> head(String key) throws StoreException {
    step();
    return super.head(key);
  }

  @Override
  public Optional<StoredPart> part(String key, ETag version, int number) throws StoreException {
    step();
    return super.part(key, version, number);
  }

  @Override
  public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
      throws IOException {
    if (key.equals(lastKey.get())) {
      cutAt(0);
    }
    step();
    Written written = super.put(key, body, attributes, guard);
    step();
    return written;
  }

  @Override
  public String createUpload(String key, ObjectAttributes attributes) throws StoreException {
    step();
    String id = super.createUpload(key, attributes);
    step();
    return id;
  }

  @Override
  public UploadedPart uploadPart(String key, String uploadId, int number, Body body)
      throws IOException {
    step();
    UploadedPart part = super.uploadPart(key, uploadId, number, body);
    step();
    return part;
  }

  @Override
  public List<UploadedPart> listParts(String key, String uploadId) throws StoreException {
    step();
    return super.listParts(key, uploadId);
  }

  @Override
  public Written completeUpload(
      String key, String uploadId, List<UploadedPart> parts, long sizeBytes, int crc32, Guard guard)
      throws StoreException {
    step();
    Written written = super.completeUpload(key, uploadId, parts, sizeBytes, crc32, guard);
    step();
    return written;
  }

  @Override
  public void abortUpload(String key, String uploadId) throws StoreException {
    step();
    super.abortUpload(key, uploadId);
    step();
  }

  @Override
  public void listUploads(String prefix, Consumer<OpenUpload> each) throws StoreException {
    step();
    super.listUploads(prefix, each);
  }

  @Override
  public InputStream read(String key, ETag version, long offset, long length)
      throws StoreException {
    step();
    return super.read(key, version, offset, length);
  }

  @Override
  public Written copy(
      String sourceKey,
      ETag version,
      String targetKey,
      CopyAttributes attributes,
      Guard guard,
      CopyWatch watch)
      throws StoreException {
    step();
    Written written = super.copy(sourceKey, version, targetKey, attributes, guard, watch);
    step();
    return written;
  }

  @Override
  public ThawAnswer thaw(String key, ETag version, int days, ThawTier tier) throws StoreException {
    step();
    ThawAnswer answer = super.thaw(key, version, days, tier);
    step();
    return answer;
  }

  @Override
  public Map<String, String> tags(String key, ETag version) throws StoreException {
    step();
    return super.tags(key, version);
  }

  @Override
  public void retag(String key, ETag version, Map<String, String> tags) throws StoreException {
    step();
    super.retag(key, version, tags);
    step();
  }

  @Override
  public Removed remove(String key, ETag version) throws StoreException {
    step();
    Removed removed = super.remove(key, version);
    step();
    return removed;
  }

  @Override
  public Instant serverTime(String prefix) throws StoreException {
    step();
    return super.serverTime(prefix);
  }
}
