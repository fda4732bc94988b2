package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.mhl.FileDigests;
import dev.vat.progress.Progress;
import dev.vat.project.FileStamp;
import dev.vat.project.Md5;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

final class TreeCopyTest extends TreeCopyContract {
  @Override
  Path drive(TestReporter reporter) throws IOException {
    return Files.createDirectory(work.resolve("drive"));
  }

  @Test
  void where_the_device_cannot_be_read_the_copy_is_complete_and_not_proven() throws IOException {
    ContentHasher cannotFlush =
        new ContentHasher(
            file -> {
              throw new FileSystemException(file.toString(), null, "no flushing");
            });
    TreeCopy unsure =
        new TreeCopy(
            new DeviceDigests(cannotFlush), new NoReplaceMove(NoReplaceRename.ofThisSystem()));

    TreeCopied copied = unsure.copyNew(target, source.files(), Progress.none());

    assertThat(copied.isComplete()).isTrue();
    assertThat(copied.isProven()).isFalse();
    assertThat(copied.files()).allMatch(file -> file.readBack() == ReadFrom.PAGE_CACHE_ONLY);
  }

  @Test
  void a_copy_that_the_drive_changed_after_the_writing_is_told_and_not_kept() throws IOException {
    AtomicBoolean once = new AtomicBoolean();
    ContentHasher damaging =
        new ContentHasher(
            file -> {
              if (Files.size(file) > 3_000_000 && once.compareAndSet(false, true)) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[2_000_000] ^= 4;
                var time = Files.getLastModifiedTime(file);
                Files.write(file, bytes);
                Files.setLastModifiedTime(file, time);
              }
              Durability.ofFile(file);
            });
    TreeCopy onBadDrive =
        new TreeCopy(
            new DeviceDigests(damaging), new NoReplaceMove(NoReplaceRename.ofThisSystem()));

    TreeCopied copied = onBadDrive.copyNew(target, source.files(), Progress.none());

    assertThat(copied.problems())
        .containsExactly(new CopyProblem.Damaged(new RelativeName("recordings/take 1.mov")));
    assertThat(TreeCopy.temporaryFor(target).resolve("recordings/take 1.mov")).doesNotExist();
    assertThat(onBadDrive.copyNew(target, source.files(), Progress.none()).isProven()).isTrue();
  }

  @Test
  void a_link_in_the_copy_is_not_gone_through() throws IOException {
    assertThat(copy.copyNew(target, source.files(), Progress.none()).isComplete()).isTrue();
    copy.place(target);
    Files.delete(target.resolve("final/é ü/film.mp4"));
    Files.delete(target.resolve("final/é ü"));
    Files.delete(target.resolve("final"));
    Path elsewhere = Files.createDirectory(work.resolve("elsewhere"));
    Files.createSymbolicLink(target.resolve("final"), elsewhere);

    TreeCopied completed = copy.complete(target, source.files(), Progress.none());

    assertThat(completed.problems()).singleElement().isInstanceOf(CopyProblem.InTheWay.class);
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void temporary_names_fit_every_disk_and_differ_where_the_targets_do() {
    String much = "b63-" + "ö".repeat(120);
    Path one = TreeCopy.temporaryFor(work.resolve(much + "a"));
    Path other = TreeCopy.temporaryFor(work.resolve(much + "b"));

    assertThat(one).isNotEqualTo(other);
    assertThat(one.getFileName().toString()).startsWith(".vat-tmp-b63-").hasSizeLessThan(60);
  }

  @Test
  void a_comparison_goes_by_content_alone() {
    var one = new FileDigests(3, Md5.of(new byte[16]), 1);
    var other = new FileDigests(3, Md5.of(new byte[16]), 2);
    TreeComparison comparison =
        TreeComparison.of(
            Map.of(name("a"), one, name("b"), one, name("c"), one),
            Map.of(name("b"), one, name("c"), other, name("d"), one));

    assertThat(comparison.missing()).containsExactly(name("a"));
    assertThat(comparison.identical()).containsExactly(name("b"));
    assertThat(comparison.different()).containsExactly(name("c"));
    assertThat(comparison.extra()).containsExactly(name("d"));
    assertThat(comparison.canBeCompleted()).isFalse();
  }

  private static RelativeName name(String text) {
    return new RelativeName(text);
  }

  /// Killed (-9) at nine different moments, each in a new process that goes on where the last one
  /// was cut.
  @RepeatedTest(3)
  void killed_again_and_again_nothing_half_is_visible_and_the_next_run_goes_on(RepetitionInfo round)
      throws Exception {
    for (int i = 0; i < 24; i++) {
      source.add("many/clip " + i + ".mov", 300_000 + i);
    }
    Path temporary = TreeCopy.temporaryFor(target);
    for (int kill = 1; kill <= 3; kill++) {
      int blocks = 5 + 5 * kill + round.getCurrentRepetition();
      Process child =
          ChildJvm.start(
              CopyingChild.class,
              source.folder().toString(),
              target.toString(),
              Integer.toString(blocks));
      assertThat(child.inputReader().readLine()).isEqualTo("kill me");
      child.toHandle().destroyForcibly();
      child.waitFor();
      assertThat(target).doesNotExist();
      var whole = Footage.contentsOf(source.folder());
      for (var file : whole.entrySet()) {
        Path finished = temporary.resolve(file.getKey().value());
        if (Files.exists(finished)) {
          assertThat(
                  new DeviceDigests()
                      .of(finished, Progress.none().begin("", 0))
                      .digests()
                      .toString())
              .isEqualTo(file.getValue());
        }
      }
    }

    TreeCopied copied = copy.copyNew(target, source.files(), Progress.none());

    assertThat(copied.isProven()).as("%s", copied.problems()).isTrue();
    assertThat(copied.files().stream().filter(file -> !file.written())).isNotEmpty();
    copy.place(target);
    assertThat(Footage.contentsOf(target)).isEqualTo(Footage.contentsOf(source.folder()));
  }

  @Test
  void two_names_that_are_one_on_the_drive_do_not_overwrite_each_other() throws IOException {
    // As `A.mov` and `a.mov` on a drive that does not tell capitals apart, without being asked for
    // another one's rules.
    Path first = source.add("A.mov", 1000);
    Path second = source.add("z/a.mov", 1000);
    List<TreeFile> files = new ArrayList<>(source.files());
    files.removeIf(file -> file.path().equals(first) || file.path().equals(second));
    files.addFirst(named("one.mov", first));
    files.addLast(named("one.mov", second));

    TreeCopied copied = copy.copyNew(target, files, Progress.none());

    Path place = TreeCopy.temporaryFor(target).resolve("one.mov");
    assertThat(copied.problems())
        .containsExactly(new CopyProblem.InTheWay(new RelativeName("one.mov"), place));
    assertThat(place).hasSameBinaryContentAs(first);
    copied.files().forEach(file -> assertThat(file.target()).exists());
  }

  private static TreeFile named(String name, Path file) throws IOException {
    FileStamp stamp = FileStamps.of(file);
    return new TreeFile(
        new RelativeName(name),
        file,
        stamp.sizeBytes(),
        stamp.modifiedAt(),
        Optional.of(stamp.identity()));
  }
}
