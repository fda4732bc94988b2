package dev.vat.lifecycle;

import dev.vat.cloud.Body;
import dev.vat.cloud.Crc32Combination;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import dev.vat.progress.Progress;
import dev.vat.state.JournalledUpload;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;

/// Sends what is written to it as one object, in parts while it comes: nothing of it lies on a
/// disk, and memory is a few parts, whatever its size. Nothing is visible in S3 before [#finish].
///
/// What an earlier run sent of the same bytes is not sent again: each part is made anew, and its
/// checksum compared with that of the part that S3 has. After a failure the upload stays
/// journalled, for the next run.
///
/// For one writing thread.
final class PartStream extends OutputStream {
  /// Parts on their way and the one that fills, all together.
  private static final long MEMORY_BYTES = 96L << 20;

  private static final int MOST_AT_ONCE = 8;

  private final ArchiveUploads uploads;
  private final ObjectStore store;
  private final String key;
  private final ObjectAttributes attributes;
  private final ArchiveUploads.Subject subject;
  private final int partBytes;
  private final int buffers;
  private final Progress.Task task;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<byte[]> free;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<Sent> parts = new ArrayList<>();
  private Optional<ArchiveUploads.Open> upload = Optional.empty();
  private int made;
  private byte[] filling;
  private int filled;
  private long total;

  /// @param uploads begins and resumes
  /// @param largestBytes more than are going to be written
  /// @param task told of bytes that S3 has
  PartStream(
      ArchiveUploads uploads,
      String key,
      ObjectAttributes attributes,
      ArchiveUploads.Subject subject,
      long largestBytes,
      Progress.Task task)
      throws IOException {
    this.uploads = uploads;
    this.store = uploads.store();
    this.key = key;
    this.attributes = attributes;
    this.subject = subject;
    this.task = task;
    this.upload = uploads.earlier(key, subject, largestBytes);
    this.partBytes =
        Math.toIntExact(
            upload
                .map(open -> open.upload().partBytes())
                .orElseGet(() -> uploads.partBytes(largestBytes)));
    this.buffers = Math.clamp(MEMORY_BYTES / partBytes, 1, MOST_AT_ONCE) + 1;
    this.free = new ArrayBlockingQueue<>(buffers);
  }

  /// What became of it.
  ///
  /// @param sizeBytes of the object
  /// @param crc32 of its whole content
  record Finished(Written written, long sizeBytes, int crc32) {}

  /// A part on its way, or there.
  private static final class Sent {
    private final int length;
    private int crc32;
    private UploadedPart there;

    private Sent(int length) {
      this.length = length;
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      if (filling != null && filled == partBytes) {
        send();
      }
      if (filling == null) {
        filling = buffer();
        filled = 0;
      }
      int step = Math.min(partBytes - filled, length - done);
      System.arraycopy(bytes, offset + done, filling, filled, step);
      filled += step;
      done += step;
      total += step;
    }
  }

  private byte[] buffer() throws IOException {
    requireNoFailure();
    byte[] idle = free.poll();
    if (idle != null) {
      return idle;
    }
    if (made < buffers) {
      made++;
      return new byte[partBytes];
    }
    try {
      byte[] given = free.take();
      requireNoFailure();
      return given;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(stopped);
    }
  }

  /// The part that is full goes, on a thread of its own.
  private void send() throws IOException {
    if (upload.isEmpty()) {
      upload = Optional.of(uploads.begin(key, attributes, subject, partBytes));
    }
    ArchiveUploads.Open open = upload.get();
    byte[] bytes = filling;
    Sent part = new Sent(filled);
    filling = null;
    parts.add(part);
    int number = parts.size();
    threads.execute(
        () -> {
          try {
            Part body = new Part(bytes, part.length, task);
            part.crc32 = body.crc32();
            part.there = sent(open, number, body);
          } catch (IOException | RuntimeException | Error fault) {
            failure.compareAndSet(null, fault);
          } finally {
            free.add(bytes);
          }
        });
  }

  private UploadedPart sent(ArchiveUploads.Open open, int number, Part body) throws IOException {
    UploadedPart there = open.there().get(number);
    if (there != null && holds(there, body)) {
      task.skip(body.sizeBytes());
      // Some servers insist on the checksum when parts are completed, and do not tell it in lists.
      return new UploadedPart(
          there.number(), there.sizeBytes(), there.etag(), OptionalInt.of(body.crc32()));
    }
    return store.uploadPart(key, open.upload().uploadId(), number, body);
  }

  /// Whether S3 has these very bytes: by their CRC-32 where the server keeps it, else by the part's
  /// ETag, which is its MD5.
  private static boolean holds(UploadedPart there, Part body) throws IOException {
    if (there.sizeBytes() != body.sizeBytes()) {
      return false;
    }
    return there.crc32().isPresent()
        ? there.crc32().getAsInt() == body.crc32()
        : there.etag().value().equals(dev.vat.project.Md5.of(body.md5()).hex());
  }

  /// Sends the rest and makes the object visible, if the guard holds at that moment.
  ///
  /// @param last asked when all bytes are there, right before that: what it throws keeps the object
  ///     invisible
  Finished finish(Guard guard, Check last) throws IOException {
    if (upload.isEmpty() && parts.isEmpty() && filled <= ObjectStore.SINGLE_PUT_LIMIT) {
      return whole(guard, last);
    }
    if (filling != null && filled > 0) {
      send();
    }
    awaitAll();
    requireNoFailure();
    int crc32 = combined();
    last.check();
    JournalledUpload open = upload.orElseThrow().upload();
    Written written =
        store.completeUpload(
            key, open.uploadId(), parts.stream().map(p -> p.there).toList(), total, crc32, guard);
    switch (written) {
      case Written.Stored _ -> uploads.ended(open);
      case Written.Refused _ -> uploads.abort(open);
    }
    return new Finished(written, total, crc32);
  }

  /// A last look.
  interface Check {
    void check() throws IOException;
  }

  private Finished whole(Guard guard, Check last) throws IOException {
    byte[] bytes = filling == null ? new byte[0] : Arrays.copyOf(filling, filled);
    Part body = new Part(bytes, bytes.length, task);
    last.check();
    return new Finished(store.put(key, body, attributes, guard), total, body.crc32());
  }

  private int combined() {
    int crc = parts.getFirst().crc32;
    for (Sent part : parts.subList(1, parts.size())) {
      crc = Crc32Combination.of(crc, part.crc32, part.length);
    }
    return crc;
  }

  private void requireNoFailure() throws IOException {
    Throwable fault = failure.get();
    switch (fault) {
      case null -> {}
      case IOException io -> throw io;
      case RuntimeException runtime -> throw runtime;
      case Error error -> throw error;
      default -> throw new IllegalStateException(fault);
    }
  }

  private void awaitAll() {
    threads.close();
  }

  /// Waits for what is under way. Without [#finish] before, nothing is visible, and the next run
  /// goes on.
  @Override
  public void close() {
    awaitAll();
  }

  /// Bytes of a part, from memory.
  private static final class Part implements Body {
    private static final int STEP_BYTES = 256 * 1024;

    private final byte[] bytes;
    private final int length;
    private final int crc32;
    private final Progress.Task task;
    private long told;

    private Part(byte[] bytes, int length, Progress.Task task) {
      this.bytes = bytes;
      this.length = length;
      this.task = task;
      CRC32 crc = new CRC32();
      crc.update(bytes, 0, length);
      this.crc32 = (int) crc.getValue();
    }

    @Override
    public long sizeBytes() {
      return length;
    }

    @Override
    public int crc32() {
      return crc32;
    }

    @Override
    public byte[] md5() throws IOException {
      long before = told;
      byte[] md5 = Body.super.md5();
      task.advance(before - told);
      told = before;
      return md5;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      task.advance(-told);
      told = 0;
      for (int at = 0; at < length; at += STEP_BYTES) {
        int step = Math.min(STEP_BYTES, length - at);
        out.write(bytes, at, step);
        task.advance(step);
        told += step;
      }
    }
  }
}
