package dev.vat.lifecycle;

import dev.vat.archive.ArchiveItem;
import dev.vat.archive.Contents;
import dev.vat.disk.FileChangedException;
import dev.vat.disk.FileStamps;
import dev.vat.mhl.Digest;
import dev.vat.mhl.HashFormat;
import dev.vat.mhl.Recorded;
import dev.vat.mhl.RunningXxh64;
import dev.vat.project.TreeFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Reads the files that go into an archive, and believes them only when they stayed as they were
/// listed, and are what the folder's checksum history says of them.
final class BackupContents implements Contents {
  private final BackupSource source;
  private final CopyHistory history;

  /// @param history of the folder; none says nothing
  BackupContents(BackupSource source, CopyHistory history) {
    this.source = source;
    this.history = history;
  }

  @Override
  public InputStream open(ArchiveItem.File item) throws IOException {
    TreeFile file = source.files().get(item.name());
    try {
      requireUnchanged(file);
      return new Reading(
          Files.newInputStream(file.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS),
          file,
          expected(file));
    } catch (NoSuchFileException removed) {
      throw new FileChangedException(file.path());
    }
  }

  private static void requireUnchanged(TreeFile file) throws IOException {
    if (!FileStamps.of(file.path()).equals(file.stamp())) {
      throw new FileChangedException(file.path());
    }
  }

  private Optional<Digest> expected(TreeFile file) {
    return Optional.ofNullable(history.files().get(file.name()))
        .map(Recorded::digests)
        .flatMap(
            digests ->
                Optional.ofNullable(digests.get(HashFormat.XXH64))
                    .or(() -> Optional.ofNullable(digests.get(HashFormat.MD5))));
  }

  /// One file, judged at its end.
  private static final class Reading extends FilterInputStream {
    private final TreeFile file;
    private final Optional<Digest> expected;
    private final RunningXxh64 xxh64 = new RunningXxh64();
    private final MessageDigest md5 = md5();
    private final boolean wantsMd5;
    private long got;

    private Reading(InputStream in, TreeFile file, Optional<Digest> expected) {
      super(in);
      this.file = file;
      this.expected = expected;
      this.wantsMd5 = expected.filter(digest -> digest.format() == HashFormat.MD5).isPresent();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int count = read(one, 0, 1);
      return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, length);
      if (count > 0) {
        got += count;
        if (wantsMd5) {
          md5.update(bytes, offset, count);
        } else if (expected.isPresent()) {
          xxh64.update(bytes, offset, count);
        }
      } else if (count < 0 && got == file.sizeBytes()) {
        judge();
      }
      return count;
    }

    private void judge() throws IOException {
      requireUnchanged(file);
      if (expected.isPresent() && !expected.get().text().equals(found())) {
        throw new DamagedSourceException(file.path());
      }
    }

    private String found() {
      return wantsMd5
          ? HexFormat.of().formatHex(md5.digest())
          : HexFormat.of().toHexDigits(xxh64.value());
    }

    private static MessageDigest md5() {
      try {
        return MessageDigest.getInstance("MD5");
      } catch (NoSuchAlgorithmException impossible) {
        throw new AssertionError("every JDK has MD5", impossible);
      }
    }
  }
}
