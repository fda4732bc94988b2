package dev.vat.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTreeTest {
  @TempDir Path temp;
  private Path root;
  private final List<TreeFile> files = new ArrayList<>();
  private final List<TreeRemark> remarks = new ArrayList<>();

  @BeforeEach
  void a_staging_folder() throws IOException {
    root = Files.createDirectory(temp.resolve("s3-staging"));
  }

  @Test
  void files_come_in_order_with_what_the_system_tells_of_them() throws IOException {
    file("z.mp4", "12345");
    file("a/b/deep.srt", "1");
    file("a.txt", "");
    Instant time = Instant.parse("2026-01-02T03:04:05Z");
    Files.setLastModifiedTime(root.resolve("z.mp4"), FileTime.from(time));

    walk();

    assertThat(names()).containsExactly("a.txt", "z.mp4", "a/b/deep.srt");
    TreeFile video = files.get(1);
    assertThat(video.path()).isEqualTo(root.resolve("z.mp4"));
    assertThat(video.sizeBytes()).isEqualTo(5);
    assertThat(video.modifiedAt()).isEqualTo(time);
    assertThat(video.fileKey()).isNotEmpty();
    assertThat(video.stamp().identity()).isEqualTo(video.fileKey());
    assertThat(remarks).isEmpty();
  }

  @Test
  void junk_is_left_out_and_a_big_file_in_a_junk_folder_is_not() throws IOException {
    file(".DS_Store", "x");
    file("._z.mp4", "x");
    file(".vat-tmp-1", "x");
    file(".Trashes/501/small.mp4", "x");
    sparse(".Trashes/501/footage.mp4", 1_000_001);

    walk();

    assertThat(names()).containsExactly(".Trashes/501/footage.mp4");
    assertThat(remarks).isEmpty();
  }

  @Test
  void what_a_cut_download_left_is_reported_and_not_taken_for_a_file() throws IOException {
    sparse(".vat-part-1", 3_000_000);

    walk();

    assertThat(files).isEmpty();
    assertThat(remarks)
        .containsExactly(new TreeRemark.OwnTemporary(root.resolve(".vat-part-1"), 3_000_000));
  }

  @Test
  void links_are_reported_and_not_followed() throws IOException {
    file("real/take.mp4", "x");
    Files.createSymbolicLink(root.resolve("link-folder"), root.resolve("real"));
    Files.createSymbolicLink(root.resolve("link.mp4"), root.resolve("real/take.mp4"));
    Files.createSymbolicLink(root.resolve("real/up"), root);

    walk();

    assertThat(names()).containsExactly("real/take.mp4");
    assertThat(remarks)
        .containsExactly(
            new TreeRemark.Link(root.resolve("link-folder")),
            new TreeRemark.Link(root.resolve("link.mp4")),
            new TreeRemark.Link(root.resolve("real/up")));
  }

  @Test
  void a_name_has_composed_accents_and_the_path_is_as_on_the_disk() throws IOException {
    file("cafe\u0301/e\u0301.mp4", "x");

    walk();

    assertThat(names()).containsExactly("caf\u00e9/\u00e9.mp4");
    assertThat(Files.readString(files.getFirst().path())).isEqualTo("x");
  }

  @Test
  void two_spellings_of_one_name_are_reported_and_none_is_taken() throws IOException {
    file("e\u0301.mp4", "one");
    file("\u00e9.mp4", "two");
    file("u\u0308/a", "x");
    file("\u00fc/b", "x");
    assumeTrue(countOnDisk() == 4, "this file system cannot hold both spellings");

    walk();

    assertThat(files).isEmpty();
    assertThat(remarks)
        .hasSize(2)
        .allSatisfy(
            remark ->
                assertThat(remark)
                    .isInstanceOfSatisfying(
                        TreeRemark.SameName.class, same -> assertThat(same.paths()).hasSize(2)));
  }

  @Test
  void a_name_that_cannot_travel_as_a_name_is_reported() throws IOException {
    file("back\\slash/take.mp4", "x");
    file("line\nbreak", "x");

    walk();

    assertThat(files).isEmpty();
    assertThat(remarks).hasSize(2).allMatch(remark -> remark instanceof TreeRemark.RefusedName);
    assertThat(remarks).allMatch(remark -> remark.message().indexOf('\n') < 0);
  }

  @Test
  void a_pipe_is_reported_and_not_opened() throws Exception {
    Process made = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
    assertThat(made.waitFor()).isZero();

    walk();

    assertThat(remarks).containsExactly(new TreeRemark.Special(root.resolve("pipe")));
  }

  @Test
  void a_folder_that_cannot_be_read_is_reported() throws IOException {
    file("closed/take.mp4", "x");
    file("open.mp4", "x");
    Files.setPosixFilePermissions(
        root.resolve("closed"), PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(root.resolve("closed")), "this user may read everything");

    walk();
    Files.setPosixFilePermissions(
        root.resolve("closed"), PosixFilePermissions.fromString("rwx------"));

    assertThat(names()).containsExactly("open.mp4");
    assertThat(remarks)
        .containsExactly(new TreeRemark.Unreadable(root.resolve("closed"), "permission denied"));
  }

  @Test
  void a_folder_that_disappears_during_the_walk_is_reported() throws IOException {
    file("a.mp4", "x");
    file("later/b.mp4", "x");

    walk(root, () -> remove("later"));

    assertThat(names()).containsExactly("a.mp4");
    assertThat(remarks).hasSize(1).first().isInstanceOf(TreeRemark.Unreadable.class);
  }

  @Test
  void a_folder_that_becomes_a_link_during_the_walk_is_not_entered() throws IOException {
    file("a.mp4", "x");
    file("later/b.mp4", "x");
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.writeString(outside.resolve("secret.mp4"), "x");

    walk(
        root,
        () -> {
          remove("later");
          Files.createSymbolicLink(root.resolve("later"), outside);
        });

    assertThat(names()).containsExactly("a.mp4");
    assertThat(remarks).hasSize(1).first().isInstanceOf(TreeRemark.Unreadable.class);
  }

  @Test
  void a_missing_folder_a_file_and_a_link_are_no_empty_folders() throws IOException {
    file("file", "x");
    Path link = Files.createSymbolicLink(temp.resolve("link"), root);

    assertThatThrownBy(() -> walk(root.resolve("gone"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> walk(root.resolve("file"))).isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> walk(link))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("link");
  }

  private interface Step {
    void run() throws IOException;
  }

  private void walk() throws IOException {
    walk(root);
  }

  private void walk(Path folder) throws IOException {
    walk(folder, () -> {});
  }

  private void walk(Path folder, Step atEachFile) throws IOException {
    new ProjectTree(folder, new FileKinds(100_000_000))
        .walk(
            new TreeVisitor() {
              @Override
              public void file(TreeFile file) throws IOException {
                files.add(file);
                atEachFile.run();
              }

              @Override
              public void remark(TreeRemark remark) {
                remarks.add(remark);
              }
            });
  }

  private void remove(String folder) throws IOException {
    Files.delete(root.resolve(folder).resolve("b.mp4"));
    Files.delete(root.resolve(folder));
  }

  private List<String> names() {
    return files.stream().map(file -> file.name().value()).toList();
  }

  private long countOnDisk() throws IOException {
    try (var all = Files.list(root)) {
      return all.count();
    }
  }

  private void file(String name, String content) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), content);
  }

  private void sparse(String name, long size) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    try (RandomAccessFile file = new RandomAccessFile(root.resolve(name).toFile(), "rw")) {
      file.setLength(size);
    }
  }
}
