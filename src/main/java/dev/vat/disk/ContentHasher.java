package dev.vat.disk;

import com.sun.nio.file.ExtendedOpenOption;
import dev.vat.progress.Progress;
import dev.vat.project.ContentHash;
import dev.vat.project.FileStamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/// Reads a whole file once and establishes its MD5 and its CRC-32.
///
/// Thread-safe. Memory is 2 MiB for each file being read, whatever its size. Interrupting the
/// thread ends the reading with a [java.nio.channels.ClosedByInterruptException].
public final class ContentHasher {
  // MD5 in Java is the limit (about 600 MiB/s); below 256 KiB calls begin to show, above 1 MiB the
  // processor's cache does. A direct buffer for the kernel and an array for MD5, because the JDK
  // feeds MD5 from direct buffers 4 KiB at a time.
  private static final int BUFFER_BYTES = 1024 * 1024;

  private final Flush flush;

  public ContentHasher() {
    this(Durability::ofFile);
  }

  ContentHasher(Flush flush) {
    this.flush = flush;
  }

  /// How a file's content is brought from the page cache to its device.
  interface Flush {
    void of(Path file) throws IOException;
  }

  /// Gets the content's bytes as they are read, for whatever else is to be known of them.
  public interface Along {
    void update(byte[] bytes, int offset, int length);
  }

  private static final Along NOTHING_ELSE = (_, _, _) -> {};

  /// @param file not followed when it is a link
  /// @param task told of the bytes read; on a failure, what was told is not taken back
  /// @throws FileChangedException when size, time or identity are no longer what they were at the
  ///     beginning
  /// @throws IOException when it cannot be read, or is no plain file
  public Hashed hash(Path file, Progress.Task task) throws IOException {
    return hash(file, task, NOTHING_ELSE);
  }

  /// The same, with somebody who looks at the bytes too.
  public Hashed hash(Path file, Progress.Task task, Along along) throws IOException {
    FileStamp before = FileStamps.of(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ContentHash content = read(channel, task, along);
      // Still open, so that no file system gives its identity to another file meanwhile.
      if (content.sizeBytes() != before.sizeBytes() || !before.equals(FileStamps.of(file))) {
        throw new FileChangedException(file);
      }
      return new Hashed(before, content);
    }
  }

  /// Reads the file from the device itself, past the system's page cache: what was only ever in
  /// memory proves nothing about the disk (design 7.1). Slower than [#hash].
  ///
  /// @return empty when the file system cannot be read that way, or the file cannot be flushed
  ///     before (Windows does not flush what is write-protected)
  /// @throws FileChangedException when size, time or identity are no longer what they were at the
  ///     beginning
  /// @throws IOException when it cannot be read, or is no plain file
  public Optional<Hashed> hashFromDevice(Path file, Progress.Task task) throws IOException {
    return hashFromDevice(file, task, NOTHING_ELSE);
  }

  /// The same, with somebody who looks at the bytes too; where the result is empty, they got none
  /// or only some.
  public Optional<Hashed> hashFromDevice(Path file, Progress.Task task, Along along)
      throws IOException {
    FileStamp before = FileStamps.of(file);
    if (answersFromItsOwnCache(file)) {
      return Optional.empty();
    }
    try {
      flush.of(file);
    } catch (FileSystemException notFlushed) {
      // What is wrong with the file itself comes again with a plain reading.
      hash(file, task);
      return Optional.empty();
    }
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS, ExtendedOpenOption.DIRECT)) {
      int block = Math.toIntExact(Files.getFileStore(file).getBlockSize());
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES + block).alignedSlice(block);
      ContentHash content =
          read(channel, buffer.limit(BUFFER_BYTES).slice(), before.sizeBytes(), task, along);
      if (content.sizeBytes() != before.sizeBytes() || !before.equals(FileStamps.of(file))) {
        throw new FileChangedException(file);
      }
      return Optional.of(new Hashed(before, content));
    } catch (UnsupportedOperationException | ArithmeticException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      // EINVAL of the opening: the system knows direct reading, this file system does not. Anything
      // else comes again with a plain reading, which tells it.
      hash(file, task);
      return Optional.empty();
    }
  }

  /// A driver outside of the kernel (FUSE: `fuseblk` is exFAT and NTFS on many Linux systems) obeys
  /// a direct read by reading its block device through the page cache. Tried with exfat-fuse and
  /// ntfs-3g: bytes that were damaged on the medium came back undamaged.
  ///
  /// A file system that is served by another computer, or by the system below this one (`9p` is how
  /// WSL has the drives of Windows), passes a direct read on to a server, which has a cache of its
  /// own. ZFS takes what its own cache has (OpenZFS: zfsprops(7), `direct`).
  ///
  /// @param file or a folder there
  public static boolean answersFromItsOwnCache(Path file) throws IOException {
    return answersFromItsOwnCache(Files.getFileStore(file).type());
  }

  /// @param type as the system calls the file system
  static boolean answersFromItsOwnCache(String type) {
    String plain = type.toLowerCase(Locale.ROOT);
    return plain.startsWith("fuse") || plain.equals("zfs") || SilentFileSystems.isShared(plain);
  }

  private static ContentHash read(FileChannel channel, Progress.Task task, Along along)
      throws IOException {
    return read(channel, ByteBuffer.allocateDirect(BUFFER_BYTES), Long.MAX_VALUE, task, along);
  }

  /// @param end where to stop at the latest: direct reading must not be tried behind the end of the
  ///     file
  private static ContentHash read(
      FileChannel channel, ByteBuffer buffer, long end, Progress.Task task, Along along)
      throws IOException {
    RunningHash hash = new RunningHash();
    byte[] bytes = new byte[BUFFER_BYTES];
    while (hash.total() < end) {
      int read = channel.read(buffer);
      if (read < 0) {
        break;
      }
      buffer.flip();
      buffer.get(bytes, 0, read);
      buffer.clear();
      hash.add(bytes, read);
      along.update(bytes, 0, read);
      task.advance(read);
    }
    return hash.content();
  }
}
