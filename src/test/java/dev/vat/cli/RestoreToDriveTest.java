package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.disk.ExfatDrive;
import dev.vat.disk.TemporaryTree;
import dev.vat.mhl.MhlHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// `vat restore --to ssd`, onto drives that are folders, from a bucket in memory.
final class RestoreToDriveTest extends DrivesAndBucket {
  private Path copy;

  @BeforeEach
  void stored() throws IOException {
    copy = t7.resolve("youtube/b50-b99/b63-flivideo");
    succeed("backup", "b63");
    remove(home);
  }

  @Test
  void a_project_comes_onto_the_drive_as_a_copy_with_its_checksums() throws IOException {
    CommandRun run = vat("restore", "b63", "--to", "ssd");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains("3 files restored and proven", "read back from T7, checksums recorded");
    assertIsCopy(copy);
    assertThat(MhlHistory.read(copy).generations()).hasSize(1);
    assertThat(home).doesNotExist();
    CommandRun verified = vat("verify", "b63", "--place", "ssd");
    assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    assertThat(vat("show", "b63").out()).contains("T7");
    CommandRun again = vat("restore", "b63", "--to", "ssd");
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).contains("everything is on T7 already");
    CommandRun back = vat("restore", "b63", "--from", "ssd");
    assertThat(back.exit()).as(back.out() + back.err()).isZero();
    assertThat(back.out()).contains("3 files restored from T7, read back and proven");
  }

  @Test
  void a_project_that_was_edited_at_home_goes_everywhere_though_it_brought_an_older_history()
      throws IOException {
    succeed("restore", "b63", "--to", "ssd");
    List.copyOf(vault.keys()).forEach(this::removeObject);
    succeed("backup", "b63");
    remove(copy);
    succeed("restore", "b63", "--from", "s3");
    assertThat(home.resolve("ascmhl")).exists();
    write("notes.txt", 500);
    Files.setLastModifiedTime(
        home.resolve("notes.txt"), FileTime.from(RECORDED.plus(Duration.ofDays(9))));
    Files.delete(home.resolve("final/cut.mov"));
    files.remove("final/cut.mov");

    succeed("copy", "b63", "--to", "T8");
    assertThat(vat("verify", "b63", "--place", "ssd").exit()).isZero();
    List.copyOf(vault.keys()).forEach(this::removeObject);
    succeed("backup", "b63");
    remove(home);
    CommandRun run = vat("restore", "b63", "--to", "T7");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertIsCopy(copy);
    CommandRun verified = vat("verify", "b63", "--place", "ssd");
    assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    CommandRun back = vat("restore", "b63", "--from", "ssd");
    assertThat(back.exit()).as(back.out() + back.err()).isZero();
    assertThat(home.resolve("notes.txt")).hasBinaryContent(files.get("notes.txt"));
  }

  @Test
  void that_the_history_in_an_archive_is_of_an_earlier_state_is_told() throws IOException {
    succeed("restore", "b63", "--to", "ssd");
    List.copyOf(vault.keys()).forEach(this::removeObject);
    succeed("backup", "b63");
    remove(copy);
    succeed("restore", "b63", "--from", "s3");
    write("notes.txt", 500);
    List.copyOf(vault.keys()).forEach(this::removeObject);
    succeed("backup", "b63");
    remove(home);

    CommandRun run = vat("restore", "b63", "--to", "ssd");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.err())
        .contains("The checksum history in the archive tells of an earlier state of the project");
    assertIsCopy(copy);
    assertThat(MhlHistory.read(copy).generations()).hasSize(1);
  }

  @Test
  void on_exFAT_through_FUSE_it_is_said_that_the_drive_itself_proved_nothing(TestReporter reporter)
      throws Exception {
    try (ExfatDrive drive = ExfatDrive.mountIn(temp.toRealPath(), reporter)) {
      computer.plug(drive.folder(), "AAAA-0009");
      Path base = Files.createDirectory(drive.folder().resolve("youtube"));
      succeed("drives", "add", base.toString(), "--name", "X9");

      CommandRun run = vat("restore", "b63", "--to", "X9");

      assertThat(run.exit()).as(run.out() + run.err()).isZero();
      assertThat(run.err()).contains("cannot be read past the system's memory");
      assertIsCopy(base.resolve("b50-b99/b63-flivideo"));
      assertThat(vat("list", "b63*").out()).containsPattern("b63-flivideo +- +yes ");
    }
  }

  @Test
  void a_copy_that_lacks_files_is_completed_and_they_are_recorded() throws IOException {
    succeed("restore", "b63", "--to", "ssd");
    Files.delete(copy.resolve("final/cut.mov"));
    Files.delete(copy.resolve("notes.txt"));

    CommandRun run = vat("restore", "b63", "--to", "ssd");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("2 files restored and proven", "1 file here already");
    assertIsCopy(copy);
    assertThat(MhlHistory.read(copy).generations()).hasSize(2);
    assertThat(vat("verify", "b63", "--place", "ssd").exit()).isZero();
  }

  @Test
  void an_archive_that_was_made_from_a_copy_brings_that_ones_history_which_goes_on()
      throws IOException {
    succeed("restore", "b63", "--to", "ssd");
    List.copyOf(vault.keys()).forEach(this::removeObject);
    succeed("backup", "b63");
    remove(copy);

    CommandRun run = vat("restore", "b63", "--to", "ssd");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertIsCopy(copy);
    assertThat(MhlHistory.read(copy).generations()).hasSize(2);
    assertThat(MhlHistory.read(copy).problems()).isEmpty();

    // Cut after its own generation was written, and before the copy had its name.
    Path growing =
        TemporaryTree.of(
            copy.resolveSibling("b63-flivideo." + etag().replaceAll("[^0-9A-Za-z-]", "_")));
    Files.move(copy, growing);
    CommandRun again = vat("restore", "b63", "--to", "ssd");
    assertThat(again.exit()).as(again.out() + again.err()).isZero();
    assertIsCopy(copy);
    assertThat(MhlHistory.read(copy).generations()).hasSize(2);
    // A copy that is there has its own history, which is another one than the archive's by now.
    assertThat(vat("verify", "b63", "--place", "ssd").exit()).isZero();
    assertThat(vat("restore", "b63", "--to", "ssd").out()).contains("everything is on T7 already");
  }

  @Test
  void what_is_there_with_another_content_is_a_conflict() throws IOException {
    Files.createDirectories(copy);
    Files.writeString(copy.resolve("notes.txt"), "somebody's own");

    CommandRun run = vat("restore", "b63", "--to", "ssd");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out())
        .contains("notes.txt is there with another content", "Nothing was written");
    assertThat(copy).isDirectoryNotContaining("glob:**final");
    remove(copy);
    Files.createDirectories(t7.resolve("youtube/b60-b69/b63-flivideo"));
    Files.createDirectories(copy);
    assertThat(vat("restore", "b63", "--to", "ssd").exit()).isEqualTo(3);
  }

  @Test
  void a_file_of_which_the_drives_history_says_something_else_does_not_come() throws IOException {
    write("notes.txt", 12);
    succeed("copy", "b63", "--to", "T7");
    Files.delete(copy.resolve("notes.txt"));
    remove(home);

    CommandRun run = vat("restore", "b63", "--to", "ssd");

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(6);
    assertThat(run.out())
        .contains("notes.txt in the archive is not what the checksum history on T7 says of it");
    assertThat(copy.resolve("notes.txt")).doesNotExist();
  }

  @Test
  void the_drive_can_be_named_or_shown() throws IOException {
    Path second = t8.resolve("youtube/b50-b99/b63-flivideo");
    Map<String, byte[]> before = contents(temp);
    CommandRun planned = vat("restore", "b63", "--to", "T8", "--dry-run");
    assertThat(planned.exit()).as(planned.err()).isZero();
    assertThat(planned.out()).contains(" to " + second, "Nothing was written (--dry-run).");
    assertThat(contents(temp).keySet()).isEqualTo(before.keySet());

    succeed("restore", "b63", "--to", "T8");
    assertIsCopy(second);
    assertThat(vat("restore", "b63", "--to", t8.resolve("youtube").toString()).out())
        .contains("everything is on T8 already");
    succeed("restore", "b63", "--to", t7.resolve("youtube").toString());
    assertIsCopy(copy);
    Path link = Files.createSymbolicLink(temp.resolve("my drive"), t8.resolve("youtube"));
    assertThat(vat("restore", "b63", "--to", link.toString()).out())
        .contains("everything is on T8 already");
    assertThat(vat("restore", "b63", "--to", "ssd", "--light").exit()).isEqualTo(2);
    assertThat(vat("restore", "b63", "--to", "ssd", "--from", "ssd").exit()).isEqualTo(2);
    assertThat(vat("restore", "b63", "--to", "T9").exit()).isEqualTo(2);
    computer.unplug(t7);
    Files.move(t7, temp.resolve("in the drawer"));
    assertThat(vat("restore", "b63", "--to", "ssd").exit()).isEqualTo(5);
    assertThat(t7).doesNotExist();
  }

  @Test
  void a_run_that_is_cut_shows_no_copy_and_the_next_one_carries_on() throws IOException {
    long seed = System.nanoTime();
    readsUntilCut = 3 + new SplittableRandom(seed).nextInt(30);
    CommandRun cut = vat("restore", "b63", "--to", "ssd");
    String told = "seed " + seed + ": " + cut.out() + cut.err();
    readsUntilCut = Integer.MAX_VALUE;
    if (cut.exit() != 0) {
      assertThat(copy).as(told).doesNotExist();
    }

    CommandRun run = vat("restore", "b63", "--to", "ssd");

    assertThat(run.exit()).as(told + run.err()).isZero();
    assertIsCopy(copy);
  }

  private void assertIsCopy(Path folder) throws IOException {
    Map<String, byte[]> there = contents(folder);
    there.keySet().removeIf(name -> name.startsWith("ascmhl"));
    assertThat(there.keySet()).isEqualTo(files.keySet());
    files.forEach((name, content) -> assertThat(there.get(name)).as(name).isEqualTo(content));
    assertThat(MhlHistory.read(folder).files()).hasSameSizeAs(files);
    try (Stream<Path> all = Files.walk(folder.getParent())) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".vat-tmp") || name.startsWith(".vat-part"));
    }
  }

  private String etag() {
    return vault
        .head("appydave/b50-b99/b63-flivideo.tar.gz")
        .orElseThrow()
        .summary()
        .etag()
        .value();
  }

  private void removeObject(String key) {
    vault.remove(key, vault.head(key).orElseThrow().summary().etag());
  }
}
