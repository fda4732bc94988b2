package dev.vat.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// One archive being written: a thread reads, several hash and compress, the caller's writes.
final class WritingRun implements AutoCloseable {
  /// Pieces that may wait for being written: enough for every core to be busy while the writing
  /// thread is held up, and bounded, because a piece and its compressed form are 2 MiB.
  private static final int PIECES_PER_CORE = 3;

  private static final int MOST_PIECES = 48;

  private final ArchiveOutput out;
  private final PieceReading reading;
  private final Deflating deflating = new Deflating();
  private final ExecutorService threads;
  private final Thread reader;
  private final List<TocEntry> entries = new ArrayList<>();

  // The file under way.
  private ArchiveItem.File file;
  private final List<TocEntry.Chunk> chunks = new ArrayList<>();
  private long chunkOffset;

  WritingRun(
      List<ArchiveItem> items, Contents contents, long chunkBytes, int cores, ArchiveOutput out) {
    this.out = out;
    this.threads =
        Executors.newFixedThreadPool(
            cores, Thread.ofPlatform().name("archive-", 0).daemon().factory());
    this.reading =
        new PieceReading(
            items,
            contents,
            chunkBytes,
            Math.min(MOST_PIECES, PIECES_PER_CORE * cores + 1),
            threads,
            deflating);
    this.reader = Thread.ofVirtual().name("archive-reader").unstarted(reading);
  }

  WrittenArchive write() throws IOException {
    reader.start();
    boolean more = true;
    while (more) {
      switch (next()) {
        case Step.Entry(ArchiveItem item) -> begin(item);
        case Step.Piece piece -> write(piece);
        case Step.Failed(Throwable cause) -> throw rethrown(cause);
        case Step.End() -> more = false;
      }
    }
    out.endGap();
    long tocOffset = out.position();
    Toc toc = new Toc(ArchiveWriter.WRITER, entries);
    write(toc);
    out.footer(tocOffset);
    return new WrittenArchive(toc, out.position(), tocOffset);
  }

  private Step next() throws IOException {
    try {
      return reading.next();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the archive was not finished: interrupted");
    }
  }

  private void begin(ArchiveItem item) throws IOException {
    out.between(TarHeaders.of(item));
    var modifiedAt = TarHeaders.writable(item.modifiedAt());
    switch (item) {
      case ArchiveItem.Folder folder -> entries.add(new TocEntry.Folder(folder.name(), modifiedAt));
      case ArchiveItem.File begun when begun.sizeBytes() == 0 ->
          entries.add(
              new TocEntry.File(begun.name(), 0, modifiedAt, Sha256.ofNothing(), List.of()));
      case ArchiveItem.File begun -> file = begun;
    }
  }

  private void write(Step.Piece piece) throws IOException {
    if (piece.chunkBegins()) {
      out.endGap();
      chunkOffset = out.position();
      out.beginContent();
    }
    Deflating.Packed packed = piece.packed() == null ? null : got(piece.packed());
    if (packed == null) {
      out.stored(piece.bytes(), piece.length(), piece.chunkEnds());
    } else {
      out.packed(piece.bytes(), piece.length(), packed);
    }
    got(piece.hashed());
    reading.recycle(piece.bytes());
    if (piece.chunkEnds()) {
      out.endContent();
      chunks.add(new TocEntry.Chunk(chunkOffset, piece.chunkBytes(), got(piece.chunkDigest())));
    }
    if (piece.fileDigest() != null) {
      entries.add(
          new TocEntry.File(
              file.name(),
              file.sizeBytes(),
              TarHeaders.writable(file.modifiedAt()),
              got(piece.fileDigest()),
              chunks));
      chunks.clear();
      out.between(new byte[TarHeaders.padding(file.sizeBytes())]);
    }
  }

  /// The table, made twice: its header has to say how long it is.
  private void write(Toc toc) throws IOException {
    CountingStream counting = new CountingStream();
    toc.write(counting);
    try (OutputStream member = out.member()) {
      member.write(TarHeaders.ofToc(counting.bytes));
      toc.write(member);
      member.write(new byte[TarHeaders.padding(counting.bytes)]);
      member.write(new byte[2 * TarHeaders.RECORD]);
    }
  }

  private static final class CountingStream extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] more, int offset, int length) {
      bytes += length;
    }
  }

  private static <T> T got(CompletableFuture<T> future) throws IOException {
    try {
      return future.join();
    } catch (CompletionException | CancellationException fault) {
      throw rethrown(fault.getCause() == null ? fault : fault.getCause());
    }
  }

  private static IOException rethrown(Throwable cause) {
    return switch (cause) {
      case IOException io -> io;
      case RuntimeException runtime -> throw runtime;
      case Error error -> throw error;
      default -> throw new IllegalStateException(cause);
    };
  }

  /// Ends all threads; no content is open afterwards.
  @Override
  public void close() {
    reading.stop();
    reader.interrupt();
    joinReader();
    threads.close();
    deflating.close();
  }

  /// Waits however often this thread is interrupted meanwhile: whoever reads stops soon, and has
  /// files of the user's open until then.
  private void joinReader() {
    boolean interrupted = false;
    while (true) {
      try {
        reader.join();
        break;
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
