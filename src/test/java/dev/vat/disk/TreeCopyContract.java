package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.progress.Progress;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// What a tree copy promises on every file system.
abstract class TreeCopyContract {
  @TempDir Path work;
  Footage source;
  Path target;
  final TreeCopy copy = TreeCopy.ofThisSystem();

  /// An empty folder on the file system that is tried.
  abstract Path drive(TestReporter reporter) throws Exception;

  /// What this file system allows to establish.
  ReadFrom readBack() {
    return ReadFrom.DEVICE;
  }

  private void assertWhole(TreeCopied copied) {
    assertThat(copied.problems()).isEmpty();
    assertThat(copied.files()).hasSize(5).allMatch(file -> file.readBack() == readBack());
    assertThat(copied.isProven()).isEqualTo(readBack() == ReadFrom.DEVICE);
  }

  @BeforeEach
  void prepare(TestReporter reporter) throws Exception {
    source = Footage.in(work.resolve("b63-flivideo"));
    target = Files.createDirectory(drive(reporter).resolve("b50-b99")).resolve("b63-flivideo");
  }

  private TreeCopied copyNew() throws IOException {
    return copy.copyNew(target, source.files(), Progress.none());
  }

  private TreeCopied complete() throws IOException {
    return copy.complete(target, source.files(), Progress.none());
  }

  private void givenACopy() throws IOException {
    assertThat(copyNew().problems()).isEmpty();
    copy.place(target);
  }

  private void assertCopied() throws IOException {
    assertThat(Footage.contentsOf(target)).isEqualTo(Footage.contentsOf(source.folder()));
  }

  @Test
  void a_copy_is_proven_and_keeps_times_and_becomes_visible_whole() throws IOException {
    TreeCopied copied = copyNew();

    assertWhole(copied);
    assertThat(copied.files()).hasSize(5).allMatch(CopiedFile::written);
    assertThat(target).doesNotExist();
    copy.place(target);
    assertThat(TreeCopy.temporaryFor(target)).doesNotExist();
    assertCopied();
    for (var file : Footage.filesOf(target)) {
      assertThat(Duration.between(file.modifiedAt(), Footage.RECORDED).abs())
          .isLessThanOrEqualTo(Duration.ofSeconds(2));
    }
    try (Stream<Path> all = Files.walk(target)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".vat-"));
    }
  }

  @Test
  void what_an_earlier_run_finished_is_proven_again_and_not_written_again() throws IOException {
    copyNew();

    TreeCopied again = copyNew();

    assertWhole(again);
    assertThat(again.files()).hasSize(5).noneMatch(CopiedFile::written);
  }

  @Test
  void a_proven_file_and_its_source_that_differ_by_now_are_both_left_alone() throws IOException {
    copyNew();
    Path copied = TreeCopy.temporaryFor(target).resolve("recordings/take 1.mov");
    byte[] bytes = Files.readAllBytes(copied);
    bytes[1_234_567] ^= 1;
    FileTime time = Files.getLastModifiedTime(copied);
    Files.write(copied, bytes);
    Files.setLastModifiedTime(copied, time);

    TreeCopied again = copyNew();

    // Whichever disk did it: either may be the last good one.
    assertThat(again.problems()).singleElement().isInstanceOf(CopyProblem.OneIsDamaged.class);
    assertThat(copied).hasBinaryContent(bytes);

    Files.delete(copied);
    assertThat(copyNew().isComplete()).isTrue();
    copy.place(target);
    assertCopied();
  }

  @Test
  void half_files_of_a_cut_run_do_not_travel_along() throws IOException {
    Path temporary = Files.createDirectory(TreeCopy.temporaryFor(target));
    Path half = TemporaryName.resumable(temporary.resolve("gone.mov"), "copy");
    Files.write(half, new byte[2_000_000]);

    assertThat(copyNew().isComplete()).isTrue();

    assertThat(half).doesNotExist();
  }

  @Test
  void after_a_cut_a_renamed_file_is_copied_under_its_new_name_only() throws IOException {
    copyNew();
    Files.move(
        source.folder().resolve("recordings/take 2.mov"), source.folder().resolve("best take.mov"));

    TreeCopied again = copyNew();

    assertThat(again.problems()).isEmpty();
    copy.place(target);
    assertCopied();
  }

  @Test
  void after_a_cut_a_file_that_the_project_lost_stays_and_is_told() throws IOException {
    copyNew();
    Files.delete(source.folder().resolve("recordings/take 2.mov"));

    TreeCopied again = copyNew();

    Path left = TreeCopy.temporaryFor(target).resolve("recordings/take 2.mov");
    assertThat(again.problems()).containsExactly(new CopyProblem.Leftover(left));
    assertThat(left).exists();
  }

  @Test
  void a_file_that_changed_since_it_was_listed_is_not_copied_yet() throws IOException {
    var listed = source.files();
    Files.writeString(source.folder().resolve("notes.txt"), "written on and on");

    TreeCopied copied = copy.copyNew(target, listed, Progress.none());

    assertThat(copied.problems())
        .singleElement()
        .isInstanceOf(CopyProblem.SourceChanged.class)
        .extracting(CopyProblem::message)
        .asString()
        .contains("notes.txt is not copied yet");
    assertThat(copied.files()).hasSize(4);
    assertThat(copyNew().isComplete()).isTrue();
  }

  @Test
  void an_existing_folder_gets_what_it_lacks_and_nothing_in_it_is_touched() throws IOException {
    givenACopy();
    Files.delete(target.resolve("recordings/take 1.mov"));
    Files.writeString(target.resolve("only here.txt"), "x");

    TreeCopied completed = complete();

    assertWhole(completed);
    assertThat(completed.files().stream().filter(CopiedFile::written)).hasSize(1);
    assertThat(target.resolve("only here.txt")).hasContent("x");
  }

  @Test
  void another_content_of_the_same_size_and_time_is_a_conflict_and_stays() throws IOException {
    givenACopy();
    Path other = target.resolve("notes.txt");
    FileTime time = Files.getLastModifiedTime(other);
    Files.writeString(other, "elsewritten");
    Files.setLastModifiedTime(other, time);

    TreeCopied completed = complete();

    assertThat(completed.problems()).singleElement().isInstanceOf(CopyProblem.Different.class);
    assertThat(other).hasContent("elsewritten");
    assertThat(completed.files()).hasSize(4);
  }

  @Test
  void a_target_that_exists_is_never_taken_for_a_finished_copy() throws IOException {
    Files.createDirectory(target);

    assertThatThrownBy(this::copyNew).isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> copy.place(target)).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void where_the_drive_should_be_no_folder_is_made() {
    Path away = target.getParent().resolveSibling("not plugged in").resolve("b63-flivideo");

    assertThatThrownBy(() -> copy.copyNew(away, source.files(), Progress.none()))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(away.getParent()).doesNotExist();
  }

  @Test
  void a_file_where_a_folder_must_be_is_told_and_left_alone() throws IOException {
    givenACopy();
    Files.delete(target.resolve("recordings/take 1.mov"));
    Files.delete(target.resolve("recordings/take 2.mov"));
    Files.delete(target.resolve("recordings"));
    Path way = Files.writeString(target.resolve("recordings"), "a file");

    List<CopyProblem> problems = complete().problems();

    assertThat(problems).hasSize(2).allMatch(problem -> problem instanceof CopyProblem.InTheWay);
    assertThat(way).hasContent("a file");
  }
}
