package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.progress.Progress;
import dev.vat.project.ContentHash;
import dev.vat.project.Md5;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentHasherTest {
  @TempDir Path folder;
  private final ContentHasher hasher = new ContentHasher();

  @Test
  void the_published_test_values_come_out() throws IOException {
    Path file = Files.writeString(folder.resolve("check"), "123456789");
    assertThat(hasher.hash(file, quiet()).content())
        .isEqualTo(
            new ContentHash(9, new Md5("25f9e794323b453885f5181f1b624d0b"), (int) 0xCBF43926L));
  }

  @Test
  void what_another_computers_memory_may_have_answered_was_not_read_from_the_device() {
    // A share, a folder of the host of a virtual machine, a drive of Windows under WSL: a direct
    // read goes past the memory of this computer, and the server answers from its own. ZFS answers
    // direct reads from its own cache.
    assertThat(
            List.of(
                "fuseblk",
                "fuse.sshfs",
                "macfuse",
                "9p",
                "drvfs",
                "cifs",
                "smb3",
                "smbfs",
                "nfs",
                "nfs4",
                "afpfs",
                "webdav",
                "virtiofs",
                "vboxsf",
                "zfs"))
        .allMatch(ContentHasher::answersFromItsOwnCache);
    assertThat(List.of("ext4", "exfat", "ntfs3", "vfat", "btrfs", "xfs", "apfs", "hfs", "NTFS"))
        .noneMatch(ContentHasher::answersFromItsOwnCache);
  }

  @Test
  void an_empty_file_has_a_hash() throws IOException {
    Path file = Files.createFile(folder.resolve("empty"));
    assertThat(hasher.hash(file, quiet()).content())
        .isEqualTo(new ContentHash(0, new Md5("d41d8cd98f00b204e9800998ecf8427e"), 0));
  }

  @Test
  void a_file_of_many_buffers_is_read_whole_and_told() throws Exception {
    byte[] bytes = new byte[5 * 1024 * 1024 + 17];
    new Random(4).nextBytes(bytes);
    Path file = Files.write(folder.resolve("big.mp4"), bytes);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    long[] told = new long[1];
    Hashed hashed = hasher.hash(file, onAdvance(count -> told[0] += count));
    assertThat(hashed.content())
        .isEqualTo(
            new ContentHash(
                bytes.length,
                Md5.of(MessageDigest.getInstance("MD5").digest(bytes)),
                (int) crc.getValue()));
    assertThat(hashed.stamp()).isEqualTo(FileStamps.of(file));
    assertThat(told[0]).isEqualTo(bytes.length);
  }

  @Test
  void a_file_that_grows_while_it_is_read_is_nobodys_version() throws IOException {
    Path file = Files.write(folder.resolve("growing.mov"), new byte[3_000_000]);
    boolean[] grown = new boolean[1];
    Progress.Task writer =
        onAdvance(
            count -> {
              if (!grown[0]) {
                grown[0] = true;
                Files.write(file, new byte[100], StandardOpenOption.APPEND);
              }
            });
    assertThatThrownBy(() -> hasher.hash(file, writer))
        .isInstanceOf(FileChangedException.class)
        .hasMessageContaining("growing.mov")
        .hasMessageContaining("Run again");
  }

  @Test
  void a_file_that_is_replaced_by_one_of_the_same_size_and_time_is_noticed() throws IOException {
    Path file = Files.write(folder.resolve("draft.mp4"), new byte[100]);
    FileTime time = FileTime.from(Instant.parse("2026-11-22T15:30:00Z"));
    Files.setLastModifiedTime(file, time);
    Path other = Files.write(folder.resolve("other"), new byte[100]);
    Files.setLastModifiedTime(other, time);
    Progress.Task replacing =
        onAdvance(count -> Files.move(other, file, StandardCopyOption.REPLACE_EXISTING));
    assertThatThrownBy(() -> hasher.hash(file, replacing)).isInstanceOf(FileChangedException.class);
  }

  @Test
  void a_link_or_a_folder_is_not_read() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThatThrownBy(() -> hasher.hash(link, quiet())).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> hasher.hash(folder, quiet()))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("not a plain file");
  }

  private static Progress.Task quiet() {
    return Progress.none().begin("hashing", -1);
  }

  private interface Event {
    void happens(long count) throws IOException;
  }

  private static Progress.Task onAdvance(Event event) {
    return new Progress.Task() {
      @Override
      public void advance(long bytes) {
        try {
          event.happens(bytes);
        } catch (IOException fault) {
          throw new UncheckedIOException(fault);
        }
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void a_file_that_cannot_be_flushed_is_read_and_stays_unproven() throws IOException {
    Path file = Files.writeString(folder.resolve("write-protected.mp4"), "content");
    ContentHasher onWindows =
        new ContentHasher(
            path -> {
              throw new AccessDeniedException(path.toString());
            });

    assertThat(onWindows.hashFromDevice(file, quiet())).isEmpty();
  }
}
