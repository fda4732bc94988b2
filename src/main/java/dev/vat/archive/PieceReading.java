package dev.vat.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/// Reads the contents in the archive's order, has the pieces hashed and compressed on other
/// threads, and queues them. The queue's length is what bounds the memory: whoever reads waits for
/// whoever writes.
final class PieceReading implements Runnable {
  /// Small enough that a few for each core are little memory, big enough that their handling
  /// costs nothing.
  static final int PIECE_BYTES = 1 << 20;

  private final List<ArchiveItem> items;
  private final Contents contents;
  private final long chunkBytes;
  private final Executor threads;
  private final Deflating deflating;
  private final BlockingQueue<Step> steps;
  private final Queue<byte[]> buffers = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  /// @param queued how many pieces may wait
  PieceReading(
      List<ArchiveItem> items,
      Contents contents,
      long chunkBytes,
      int queued,
      Executor threads,
      Deflating deflating) {
    this.items = items;
    this.contents = contents;
    this.chunkBytes = chunkBytes;
    this.threads = threads;
    this.deflating = deflating;
    this.steps = new ArrayBlockingQueue<>(queued);
  }

  /// The next step; waits for it.
  Step next() throws InterruptedException {
    return steps.take();
  }

  /// A piece that was written and hashed.
  void recycle(byte[] buffer) {
    if (buffer.length == PIECE_BYTES) {
      buffers.add(buffer);
    }
  }

  /// Nothing is taken any more: the reading thread ends soon, if it is interrupted after this.
  void stop() {
    stopped = true;
  }

  /// Ends by itself after the last entry or the first failure, or when interrupted.
  @Override
  public void run() {
    try {
      try {
        for (ArchiveItem item : items) {
          steps.put(new Step.Entry(item));
          if (item instanceof ArchiveItem.File file && file.sizeBytes() > 0) {
            read(file);
          }
        }
        steps.put(new Step.End());
      } catch (IOException | RuntimeException | Error fault) {
        // A stream may fail because of the interruption, and swallow it.
        if (!stopped) {
          steps.put(new Step.Failed(fault));
        }
      }
    } catch (InterruptedException stopped) {
      // The writing thread has gone, and asked for this.
      Thread.currentThread().interrupt();
    }
  }

  private void read(ArchiveItem.File file) throws IOException, InterruptedException {
    try (InputStream in = contents.open(file)) {
      long size = file.sizeBytes();
      boolean single = size <= chunkBytes;
      boolean store = Packing.isCompressed(file.name().fileName());
      RunningSha whole = new RunningSha(threads);
      for (long at = 0; at < size; at += chunkBytes) {
        chunk(file, in, at, store, whole, single ? whole : new RunningSha(threads));
      }
      if (in.read() >= 0) {
        throw new ArchiveException.SourceChanged(
            file.name(), "it has more than the " + size + " bytes that it had");
      }
    }
  }

  /// @param sha the chunk's own, or the file's where the chunk is all of it
  private void chunk(
      ArchiveItem.File file,
      InputStream in,
      long begin,
      boolean storeByName,
      RunningSha whole,
      RunningSha sha)
      throws IOException, InterruptedException {
    long bytes = Math.min(chunkBytes, file.sizeBytes() - begin);
    boolean store = storeByName;
    byte[] before = new byte[0];
    for (long at = 0; at < bytes; at += PIECE_BYTES) {
      int length = (int) Math.min(PIECE_BYTES, bytes - at);
      boolean ends = at + length == bytes;
      boolean fileEnds = ends && begin + bytes == file.sizeBytes();
      byte[] piece = filled(file, in, begin + at, length);
      if (at == 0 && !store) {
        store = !deflating.isWorthwhile(piece, length);
      }
      CompletableFuture<Void> hashed = sha.add(piece, length);
      if (sha != whole) {
        hashed = CompletableFuture.allOf(hashed, whole.add(piece, length));
      }
      CompletableFuture<Sha256> fileDigest = fileEnds ? whole.finish() : null;
      CompletableFuture<Sha256> chunkDigest =
          !ends ? null : sha == whole ? fileDigest : sha.finish();
      byte[] known = before;
      CompletableFuture<Deflating.Packed> packed =
          store
              ? null
              : CompletableFuture.supplyAsync(
                  () -> deflating.pack(piece, length, known, ends), threads);
      if (!store && !ends) {
        before = Arrays.copyOfRange(piece, Math.max(0, length - Deflating.WINDOW), length);
      }
      steps.put(
          new Step.Piece(
              piece, length, at == 0, bytes, ends, packed, hashed, chunkDigest, fileDigest));
    }
  }

  private byte[] filled(ArchiveItem.File file, InputStream in, long at, int length)
      throws IOException {
    byte[] pooled = length == PIECE_BYTES ? buffers.poll() : null;
    byte[] piece = pooled != null ? pooled : new byte[length];
    int got = in.readNBytes(piece, 0, length);
    if (got < length) {
      throw new ArchiveException.SourceChanged(
          file.name(),
          "it ends after " + (at + got) + " of the " + file.sizeBytes() + " bytes that it had");
    }
    return piece;
  }
}
