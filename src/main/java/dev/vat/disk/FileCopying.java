package dev.vat.disk;

import dev.vat.mhl.FileDigests;
import dev.vat.mhl.RunningDigests;
import dev.vat.progress.Progress;
import dev.vat.project.FileStamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;

/// Copies one file's content and time, and establishes its digests in the same single reading.
///
/// Thread-safe; memory is 2 MiB for each file under way.
public final class FileCopying {
  private static final int BUFFER_BYTES = 1024 * 1024;

  /// A fault of the writing side, so that nobody takes it for one of the source.
  static final class WriteFault extends IOException {
    private static final long serialVersionUID = 1;

    WriteFault(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /// @param source what is expected there; not followed when it is a link
  /// @param part made, or emptied when it exists; after a failure it is there, incomplete
  /// @throws FileChangedException when the source is no longer that one, before or after
  /// @throws WriteFault when the copy cannot be written
  public FileDigests copy(FileStamp source, Path part, Progress.Task task) throws IOException {
    try (FileChannel in =
        FileChannel.open(source.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      requireUnchanged(source);
      FileDigests digests = write(in, part, task);
      // Still open, so that no file system gives its identity to another file meanwhile.
      requireUnchanged(source);
      if (digests.sizeBytes() != source.sizeBytes()) {
        throw new FileChangedException(source.path());
      }
      keepTime(source, part);
      return digests;
    }
  }

  private static FileDigests write(FileChannel in, Path part, Progress.Task task)
      throws IOException {
    RunningDigests digests = new RunningDigests();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    byte[] bytes = new byte[BUFFER_BYTES];
    try (FileChannel out = openForWriting(part)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        buffer.flip().get(bytes, 0, read);
        digests.update(bytes, 0, read);
        buffer.rewind();
        writeAll(out, buffer);
        buffer.clear();
        task.advance(read);
      }
    }
    return digests.finish();
  }

  private static FileChannel openForWriting(Path part) throws IOException {
    try {
      return FileChannel.open(
          part,
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          LinkOption.NOFOLLOW_LINKS);
    } catch (IOException fault) {
      throw new WriteFault(fault);
    }
  }

  private static void writeAll(FileChannel out, ByteBuffer buffer) throws IOException {
    try {
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
    } catch (IOException fault) {
      throw new WriteFault(fault);
    }
  }

  private static void keepTime(FileStamp source, Path part) throws IOException {
    try {
      Files.getFileAttributeView(part, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(FileTime.from(source.modifiedAt()), null, null);
    } catch (IOException fault) {
      throw new WriteFault(fault);
    }
  }

  private static void requireUnchanged(FileStamp source) throws IOException {
    if (!FileStamps.of(source.path()).equals(source)) {
      throw new FileChangedException(source.path());
    }
  }
}
