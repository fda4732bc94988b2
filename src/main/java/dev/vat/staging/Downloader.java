package dev.vat.staging;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.disk.FileStamps;
import dev.vat.disk.GrowingHash;
import dev.vat.disk.Parallel;
import dev.vat.disk.TemporaryName;
import dev.vat.progress.Progress;
import dev.vat.project.ContentHash;
import dev.vat.project.FileStamp;
import dev.vat.state.DownloadJournal;
import dev.vat.state.JournalledDownload;
import dev.vat.state.StartedDownload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Fetches one object into a temporary file beside its future place, in parallel ranges, and proves
/// the content.
final class Downloader {
  private static final int BUFFER_BYTES = 256 * 1024;

  /// How often a range may break off without a byte gained before the download gives up; each time
  /// S3 is asked with the store's own pauses and retries.
  private static final int MAX_FRUITLESS = 5;

  private final ObjectStore store;
  private final StagedPlace place;
  private final DownloadJournal journal;
  private final TransferLimits limits;
  private final Progress progress;
  private final ForeignParts foreign;

  Downloader(
      ObjectStore store,
      StagedPlace place,
      DownloadJournal journal,
      TransferLimits limits,
      Progress progress) {
    this.store = store;
    this.place = place;
    this.journal = journal;
    this.limits = limits;
    this.progress = progress;
    this.foreign = new ForeignParts(store, place);
  }

  /// @param temporary beside the future place, whole, with the file's own time
  /// @param stamp of the temporary file: what has another one in its place was written to since
  /// @param isProven whether anything that S3 tells proved the content
  record Fetched(Path temporary, FileStamp stamp, ContentHash content, boolean isProven) {}

  /// Fetches the object's very version that was compared.
  ///
  /// After a failure the temporary file and the journal's note of its finished ranges remain, and
  /// the next call goes on from there; both are removed when the version changed or its content
  /// turned out wrong.
  ///
  /// @throws StoreException.Changed when S3 holds another version by now
  /// @throws DamagedDownloadException when what came is not what was uploaded
  Fetched fetch(RemoteFile file, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Path temporary =
        TemporaryName.resumable(target, place.placeId() + "|" + file.key() + "|" + file.etag());
    try (Progress.Task task = progress.begin("downloading " + file.name(), file.sizeBytes())) {
      Optional<ForeignParts.Sizes> parts = foreign.proofOf(file);
      boolean provable = file.isProvable() || parts.isPresent();
      ContentHash content = fetched(file, provable, temporary, task);
      if (!file.holds(content) || parts.isPresent() && !parts.get().areIn(temporary)) {
        throw new DamagedDownloadException(file, content);
      }
      if (file.modifiedAt().isPresent()) {
        Files.setLastModifiedTime(temporary, FileTime.from(file.modifiedAt().get()));
      }
      return new Fetched(temporary, FileStamps.of(temporary), content, provable);
    } catch (DamagedDownloadException | StoreException.Changed e) {
      Files.deleteIfExists(temporary);
      forget(file);
      throw e;
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw DiskFullException.insteadOf(e, file.name().value(), temporary, missingBytes(file));
    }
  }

  /// How many bytes of it are still to come: fewer than all when an earlier run was cut.
  long missingBytes(RemoteFile file) throws IOException {
    Optional<StartedDownload> begun =
        journal
            .find(place.placeId(), file.key())
            .filter(started -> started.download().etag().equals(file.etag().value()))
            .filter(started -> Files.exists(started.download().temporary()));
    long here =
        begun
            .map(started -> started.finishedRanges().size() * started.download().rangeBytes())
            .orElse(0L);
    return Math.max(0, file.sizeBytes() - here);
  }

  /// Ends the journal's note once the file has its place.
  void forget(RemoteFile file) throws IOException {
    journal.end(place.placeId(), file.key());
  }

  private ContentHash fetched(RemoteFile file, boolean provable, Path temporary, Progress.Task task)
      throws IOException {
    StartedDownload started = started(file, provable, temporary);
    JournalledDownload download = started.download();
    int count = Math.toIntExact(Math.ceilDiv(file.sizeBytes(), download.rangeBytes()));
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      ProofOnTheWay proof =
          new ProofOnTheWay(
              new GrowingHash(channel, file.sizeBytes()), download.rangeBytes(), count);
      Parallel.forEach(
          IntStream.range(0, count).boxed().toList(),
          limits.atOnce(),
          number -> {
            long offset = number * download.rangeBytes();
            long size = Math.min(download.rangeBytes(), file.sizeBytes() - offset);
            if (started.finishedRanges().contains((long) number)) {
              task.skip(size);
            } else {
              limits.take();
              try {
                range(file, channel, offset, size, task);
              } finally {
                limits.giveBack();
              }
              if (count > 1) {
                journal.finished(download, number);
              }
            }
            proof.finished(number);
          });
      return proof.content();
    }
  }

  /// The download that an earlier run began, when its temporary file is still there; else a new
  /// one.
  private StartedDownload started(RemoteFile file, boolean provable, Path temporary)
      throws IOException {
    Optional<StartedDownload> begun = journal.find(place.placeId(), file.key());
    if (begun.isPresent()) {
      JournalledDownload old = begun.get().download();
      // What nothing proves at the end is not put together from what two runs wrote: after a power
      // cut, a range that is told as finished may be missing on the disk.
      if (provable
          && old.etag().equals(file.etag().value())
          && old.temporary().equals(temporary)
          && Files.exists(temporary)) {
        return begun.get();
      }
      if (TemporaryName.isOne(old.temporary().getFileName().toString())) {
        Files.deleteIfExists(old.temporary());
      }
    }
    Files.deleteIfExists(temporary);
    JournalledDownload download =
        new JournalledDownload(
            place.placeId(),
            file.key(),
            file.etag().value(),
            temporary,
            file.sizeBytes(),
            limits.partBytes());
    journal.begin(download);
    return new StartedDownload(download, Set.of());
  }

  private void range(
      RemoteFile file, FileChannel channel, long offset, long size, Progress.Task task)
      throws IOException {
    long done = 0;
    int fruitless = 0;
    while (done < size) {
      long before = done;
      try (InputStream in = store.read(file.key(), file.etag(), offset + done, size - done)) {
        done += copied(in, channel, offset + done, size - done, task);
      } catch (StoreException e) {
        throw e;
      } catch (BrokenOff e) {
        done += e.copied;
        fruitless = done > before ? 0 : fruitless + 1;
        if (fruitless == MAX_FRUITLESS) {
          throw new StoreException.Unreachable(
              "the connection broke off again and again while downloading "
                  + file.name()
                  + ". What came so far is kept.",
              e);
        }
      }
    }
  }

  /// The line broke, after some bytes had come and were written.
  private static final class BrokenOff extends IOException {
    private static final long serialVersionUID = 1;
    private final long copied;

    private BrokenOff(long copied, IOException cause) {
      super(cause);
      this.copied = copied;
    }
  }

  private static long copied(
      InputStream in, FileChannel channel, long position, long size, Progress.Task task)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long done = 0;
    while (done < size) {
      int count;
      try {
        count = in.read(buffer, 0, (int) Math.min(buffer.length, size - done));
      } catch (IOException e) {
        throw new BrokenOff(done, e);
      }
      if (count < 0) {
        throw new BrokenOff(done, new IOException("the answer ended early"));
      }
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
      while (bytes.hasRemaining()) {
        channel.write(bytes, position + done + bytes.position());
      }
      done += count;
      task.advance(count);
    }
    return done;
  }
}
