package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.disk.TemporaryName;
import dev.vat.disk.TemporaryTree;
import dev.vat.disk.TreeCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// `vat restore` from drives that are folders, with a bucket in memory behind them.
final class RestoreFromDriveTest extends DrivesAndBucket {
  private Path archived;
  private Path copy;

  @BeforeEach
  void copied() throws IOException {
    archived = repository.resolve("archived/b50-b99/b63-flivideo");
    copy = t8.resolve("youtube/b50-b99/b63-flivideo");
    succeed("copy", "b63", "--to", "T8");
  }

  @Test
  void the_copy_on_a_drive_comes_home_and_stays_on_the_drive() throws IOException {
    remove(home);
    Map<String, byte[]> before = contents(copy);

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("from T8", "3 files restored from T8, read back and proven");
    assertIsHome();
    assertThat(home.resolve("ascmhl")).as("the history is the copy's").doesNotExist();
    assertThat(Files.getLastModifiedTime(home.resolve("notes.txt")).toInstant())
        .isEqualTo(RECORDED);
    assertSame(contents(copy), before);
    assertThat(vat("list", "b63*").out()).contains("flat");
    CommandRun again = vat("restore", "b63");
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).contains("everything is here already, as on T8");
  }

  @Test
  void a_dry_run_tells_the_plan_and_writes_nothing() throws IOException {
    remove(home);
    Map<String, byte[]> before = contents(temp);

    CommandRun run = vat("restore", "b63", "--dry-run");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("3 files to copy", "Nothing was written (--dry-run).");
    assertSame(contents(temp), before);
  }

  @Test
  void light_files_that_are_equal_move_back() throws IOException {
    Files.createDirectories(archived);
    Files.move(home.resolve("notes.txt"), archived.resolve("notes.txt"));
    remove(home);

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("2 files restored from T8", "1 light file moved back");
    assertIsHome();
    assertThat(archived).doesNotExist();
  }

  @Test
  void a_light_file_that_was_edited_on_the_drive_is_not_passed_over_for_the_older_one_here()
      throws IOException {
    Files.createDirectories(archived);
    Files.move(home.resolve("notes.txt"), archived.resolve("notes.txt"));
    remove(home);
    Files.writeString(copy.resolve("notes.txt"), "edited here");

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.out()).contains("notes.txt is another one than on T8", "Nothing was written");
    assertThat(home).doesNotExist();
    assertThat(archived.resolve("notes.txt")).hasBinaryContent(files.get("notes.txt"));
  }

  @Test
  void the_history_that_went_to_the_light_files_does_not_miss_heavy_ones_there()
      throws IOException {
    Files.createDirectories(archived.resolve("ascmhl"));
    Files.move(home.resolve("notes.txt"), archived.resolve("notes.txt"));
    for (Map.Entry<String, byte[]> file : contents(copy.resolve("ascmhl")).entrySet()) {
      Files.write(archived.resolve("ascmhl").resolve(file.getKey()), file.getValue());
    }
    remove(home);

    CommandRun run = vat("verify", "b63", "--repair");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(archived.resolve("recordings")).doesNotExist();
    assertThat(vat("verify", "b63", "--place", "local").exit()).isZero();
    Files.writeString(archived.resolve("notes.txt"), "notes, cut");
    assertThat(vat("verify", "b63", "--place", "local").exit()).isEqualTo(6);
  }

  @Test
  void what_is_here_with_another_content_is_a_conflict_and_nothing_is_written() throws IOException {
    Files.createDirectories(archived);
    Files.writeString(archived.resolve("notes.txt"), "edited here");
    remove(home);

    CommandRun light = vat("restore", "b63");

    assertThat(light.exit()).isEqualTo(3);
    assertThat(light.out()).contains("notes.txt is another one than on T8", "Nothing was written");
    assertThat(home).doesNotExist();

    remove(archived);
    Files.createDirectories(home.resolve("final"));
    Files.writeString(home.resolve("final/cut.mov"), "somebody's own");
    CommandRun own = vat("restore", "b63");

    assertThat(own.exit()).isEqualTo(3);
    assertThat(own.out()).contains("final/cut.mov is there with another content");
    assertThat(home.resolve("final/cut.mov")).hasContent("somebody's own");
    assertThat(home.resolve("notes.txt")).doesNotExist();
  }

  @Test
  void a_folder_that_lacks_files_is_completed() throws IOException {
    Files.delete(home.resolve("recordings/take 1.mp4"));

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("1 file to copy", "2 files here already, proven equal");
    assertIsHome();
  }

  @Test
  void what_the_drive_damaged_never_becomes_visible() throws IOException {
    damage("final/cut.mov");
    Path kept = Files.move(home.resolve("final/cut.mov"), temp.resolve("kept.mov"));

    CommandRun completing = vat("restore", "b63");

    assertThat(completing.exit()).as(completing.out()).isEqualTo(6);
    assertThat(completing.out()).contains("final/cut.mov on T8 is not what its checksum history");
    assertThat(completing.err())
        .contains("b63-flivideo has no archive in S3", "vat verify b63-flivideo --repair");
    assertThat(home.resolve("final/cut.mov")).doesNotExist();

    remove(home);
    CommandRun only = vat("restore", "b63", "--from", "ssd", "--json");
    assertThat(only.exit()).isEqualTo(6);
    assertThat(only.out()).contains("\"failed\"");
    assertThat(home).doesNotExist();
    Files.copy(kept, copy.resolve("final/cut.mov"), StandardCopyOption.REPLACE_EXISTING);
    CommandRun healed = vat("restore", "b63");
    assertThat(healed.exit()).as(healed.out() + healed.err()).isZero();
    assertIsHome();
  }

  @Test
  void without_s3_a_damaged_copy_is_told_as_such_and_nobody_says_that_s3_was_asked()
      throws IOException {
    damage("final/cut.mov");
    remove(home);
    bucket = "";

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(6);
    assertThat(run.err())
        .contains("not all of the copy on T8 is good", "S3, where an archive may be, is not set up")
        .contains("vat verify b63-flivideo --repair")
        .doesNotContain("has no archive", "S3_ARCHIVE_BUCKET is not set");
    assertThat(vat("restore", "b63", "--from", "ssd").out()).doesNotContain("--from s3");
    assertThat(home).doesNotExist();
  }

  @Test
  void without_s3_it_is_said_that_the_copy_is_not_taken_and_what_can_be_done() throws IOException {
    Files.delete(copy.resolve("final/cut.mov"));

    for (String[] words : List.of(words("restore", "b63"), words("restore", "b63", "--dry-run"))) {
      bucket = "";
      CommandRun run = vat(words);

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(5);
      assertThat(run.err())
          .contains("The copy on T8 is not taken: its checksum history tells of final/cut.mov")
          .contains("b63-flivideo is here already; no connected drive has a whole copy")
          .contains("S3, where an archive may be, is not set up here", "vat verify b63-flivideo");
    }
    assertThat(vat("restore", "b99").exit()).isEqualTo(2);
    assertThat(vat("restore", "b99").err()).contains("no project is called b99");
  }

  @Test
  void without_s3_an_unplugged_drive_is_what_is_asked_for() throws IOException {
    remove(home);
    computer.unplug(t8);
    Files.move(t8, temp.resolve("in the drawer"));
    bucket = "";

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(5);
    assertThat(run.err())
        .contains("b63-flivideo is on T8, which is not connected", "connect T8")
        .doesNotContain("--from s3");
  }

  private static String[] words(String... words) {
    return words;
  }

  @Test
  void of_a_damaged_copy_only_what_is_damaged_is_downloaded() throws IOException {
    succeed("backup", "b63");
    // As on another computer, which has not stored it.
    clock.pass(Duration.ofDays(2));
    String before = verifiedInS3();
    damage("final/cut.mov");
    remove(home);

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(verifiedInS3()).as("most of it was not read there").isEqualTo(before);
    assertThat(run.out())
        .contains("final/cut.mov on T8 is not what its checksum history says", "s3://vault/");
    assertThat(fetched).isBetween(70_001L, 450_000L);
    assertIsHome();
    assertThat(copy.resolve("final/cut.mov")).exists();
  }

  @Test
  void what_came_from_a_drive_and_is_in_no_archive_is_left_for_people() throws IOException {
    succeed("backup", "b63");
    Files.writeString(copy.resolve("later.txt"), "added on the drive");
    damage("final/cut.mov");
    remove(home);
    assertThat(vat("restore", "b63").exit()).isEqualTo(3);

    CommandRun run = vat("restore", "b63", "--from", "s3");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("holds files of an earlier run that the project does not have");
    try (Stream<Path> all = Files.walk(repository)) {
      assertThat(all.filter(path -> path.endsWith("later.txt")))
          .singleElement()
          .asString()
          .contains("/.vat-tmp-");
    }
  }

  @Test
  void the_next_drive_is_taken_when_the_copy_on_one_is_damaged() throws IOException {
    succeed("copy", "b63", "--to", "T7");
    Path first = t7.resolve("youtube/b50-b99/b63-flivideo");
    byte[] content = files.get("final/cut.mov").clone();
    content[9] ^= 4;
    Files.write(first.resolve("final/cut.mov"), content);
    Files.setLastModifiedTime(first.resolve("final/cut.mov"), FileTime.from(RECORDED));
    remove(home);

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains("final/cut.mov on T7 is not what", "3 files restored from T8, read back");
    assertIsHome();
  }

  @Test
  void of_two_whole_copies_the_younger_one_is_taken_and_named_when_it_is_away() throws IOException {
    Files.writeString(home.resolve("notes.txt"), "edited");
    succeed("copy", "b63", "--to", "T7");
    remove(home);

    assertThat(vat("restore", "b63", "--dry-run").out()).contains("from T7");
    computer.unplug(t7);
    Files.move(t7, temp.resolve("in the drawer"));
    CommandRun older = vat("restore", "b63", "--dry-run");

    assertThat(older.out()).contains("from T8");
    assertThat(older.err())
        .contains("The copy on T7, which is not connected, has later changes than the one on T8");
  }

  @Test
  void an_archive_in_s3_that_is_another_state_than_the_copy_taken_is_named() throws IOException {
    succeed("backup", "b63");
    assertThat(vat("restore", "b63", "--dry-run").err()).doesNotContain("another state");
    Files.writeString(home.resolve("later.txt"), "written after the copy was made");
    succeed("backup", "b63", "--keep", "both");
    remove(home);

    CommandRun run = vat("restore", "b63", "--dry-run");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("from T8");
    assertThat(run.err())
        .contains("The archive in S3", "is another state: 4 files", "the copy on T8 has 3 files")
        .contains("vat restore b63-flivideo --from s3");
    assertThat(vat("restore", "b63", "--dry-run", "--from", "ssd").err())
        .doesNotContain("another state");
  }

  @Test
  void an_archived_project_with_a_camera_s_own_checksum_history_comes_home() throws IOException {
    remove(t7.resolve("youtube"));
    Files.createDirectories(t7.resolve("youtube"));
    remove(copy);
    succeed("mhl", "create", home.resolve("recordings").toString());
    succeed("archive", "b63", "--keep-local");
    Path archivedCopy = t7.resolve("youtube/b50-b99/b63-flivideo");
    assertThat(archivedCopy.resolve("recordings/ascmhl/ascmhl_chain.xml")).exists();
    CommandRun verified = vat("verify", "b63", "--place", "ssd");
    assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    remove(home);

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(home.resolve("recordings/take 1.mp4"))
        .hasBinaryContent(files.get("recordings/take 1.mp4"));
    assertThat(home.resolve("final/cut.mov")).hasBinaryContent(files.get("final/cut.mov"));
  }

  @Test
  void a_checksum_history_that_is_all_that_is_left_in_archived_goes_home_or_is_put_aside()
      throws IOException {
    Files.createDirectories(archived);
    Files.move(home.resolve("notes.txt"), archived.resolve("notes.txt"));
    succeed("mhl", "create", archived.toString());
    byte[] chain = Files.readAllBytes(archived.resolve("ascmhl/ascmhl_chain.xml"));
    remove(home);

    succeed("restore", "b63");

    assertThat(archived).doesNotExist();
    assertThat(home.resolve("ascmhl/ascmhl_chain.xml")).hasBinaryContent(chain);

    // Where the project has one, it is not mixed with it.
    Files.createDirectories(archived);
    Files.move(home.resolve("notes.txt"), archived.resolve("notes.txt"));
    succeed("mhl", "create", archived.toString());
    byte[] other = Files.readAllBytes(archived.resolve("ascmhl/ascmhl_chain.xml"));

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.err()).contains("kept in .vat-kept/");
    assertThat(archived).doesNotExist();
    assertThat(home.resolve("ascmhl/ascmhl_chain.xml")).hasBinaryContent(chain);
    assertThat(contents(repository.resolve(".vat-kept")).entrySet())
        .anyMatch(
            kept ->
                kept.getKey().endsWith("archived/b50-b99/b63-flivideo/ascmhl/ascmhl_chain.xml")
                    && Arrays.equals(kept.getValue(), other));
    assertThat(vat("manifest").out()).doesNotContain("has several folders here");
  }

  @Test
  void a_history_beside_other_files_that_stay_in_archived_stays_with_them() throws IOException {
    Files.createDirectories(archived);
    Files.writeString(archived.resolve("idea.txt"), "only here");
    succeed("mhl", "create", archived.toString());
    remove(home);

    succeed("restore", "b63");

    assertThat(archived.resolve("idea.txt")).exists();
    assertThat(archived.resolve("ascmhl/ascmhl_chain.xml")).exists();
    assertThat(home.resolve("ascmhl")).doesNotExist();
  }

  @Test
  void a_copy_without_a_history_is_taken_only_when_it_is_asked_for_or_nothing_else_is_set()
      throws IOException {
    remove(copy.resolve("ascmhl"));
    remove(home);

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("The copy on T8 is not taken: it has no checksum history", "--from ssd");
    assertThat(home).doesNotExist();
    bucket = "";
    assertThat(vat("restore", "b63", "--dry-run").out()).contains("from T8");
    bucket = "vault";
    CommandRun asked = vat("restore", "b63", "--from", "ssd");
    assertThat(asked.exit()).as(asked.out() + asked.err()).isZero();
    assertThat(asked.out()).contains("3 of them in no checksum history, so not proven");
    assertIsHome();
  }

  @Test
  void a_history_that_was_altered_is_not_trusted() throws IOException {
    try (Stream<Path> all = Files.list(copy.resolve("ascmhl"))) {
      Path manifest =
          all.filter(path -> path.toString().endsWith(".mhl")).findFirst().orElseThrow();
      Files.writeString(manifest, Files.readString(manifest) + "\n");
    }
    remove(home);

    CommandRun run = vat("restore", "b63", "--from", "ssd");

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err()).contains("its checksum history cannot be trusted");
    assertThat(home).doesNotExist();
  }

  @Test
  void a_file_that_came_to_the_copy_later_comes_and_is_said_to_be_proven_by_nothing()
      throws IOException {
    Files.writeString(copy.resolve("later.txt"), "added on the drive");
    remove(home);

    CommandRun run = vat("restore", "b63", "--json");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("\"not_proven\" : 1");
    assertThat(home.resolve("later.txt")).hasContent("added on the drive");
  }

  @Test
  void a_damaged_file_on_the_drive_is_no_conflict_with_the_good_one_here() throws IOException {
    Files.writeString(copy.resolve("final/cut.mov"), "cut short");

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("everything is here already");
  }

  @Test
  void a_copy_that_is_there_twice_is_told_of_and_not_taken() throws IOException {
    Files.createDirectories(t8.resolve("youtube/b60-b69/b63-flivideo"));
    remove(home);

    CommandRun run = vat("restore", "b63", "--from", "ssd");

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err()).contains("The copy on T8 is not taken: it is there more than once");
  }

  @Test
  void a_copy_on_a_drive_without_an_id_file_is_only_read() throws IOException {
    Path old = Files.createDirectories(temp.toRealPath().resolve("mounts/T9"));
    computer.plug(old, "AAAA-0009");
    Path there = Files.createDirectories(old.resolve("b50-b99/b64-old"));
    Files.writeString(there.resolve("film.mp4"), "made long ago");
    Path other = Files.createDirectories(temp.toRealPath().resolve("v-voz"));
    Files.writeString(other.resolve(".video-tools.env"), "SSD_BASE=" + old + "\n");
    Map<String, byte[]> before = contents(there);
    repository = other;

    CommandRun run = vat("restore", "b64", "--from", "ssd");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(other.resolve("b64-old/film.mp4")).hasContent("made long ago");
    assertSame(contents(there), before);
  }

  @Test
  void parts_come_from_the_drive_too() throws IOException {
    remove(home);
    Path desk = Files.createDirectories(temp.resolve("desk"));

    CommandRun named = vat("restore", "b63", "--file", "final", "--to", desk.toString());

    assertThat(named.exit()).as(named.out() + named.err()).isZero();
    assertThat(named.out()).contains("1 file restored from T8, read back and proven");
    assertThat(contents(desk).keySet()).containsExactly("b63-flivideo/final/cut.mov");
    CommandRun light = vat("restore", "b63", "--light");
    assertThat(light.exit()).as(light.out() + light.err()).isZero();
    assertThat(contents(archived).keySet()).containsExactly("notes.txt");
    assertThat(home).doesNotExist();
    CommandRun none = vat("restore", "b63", "--file", "no/such", "--to", desk.toString());
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("it holds no file and no folder no/such");
    // Also of a copy that lacks other files.
    Files.delete(copy.resolve("recordings/take 1.mp4"));
    remove(desk.resolve("b63-flivideo"));
    assertThat(vat("restore", "b63", "--file", "final", "--to", desk.toString()).exit()).isZero();
    assertThat(vat("restore", "b63", "--from", "ssd").exit()).isEqualTo(5);
  }

  @Test
  void a_run_that_was_cut_while_light_files_moved_is_finished() throws IOException {
    Files.createDirectories(archived);
    // Cut after the project had its name: the light file has two.
    Files.createLink(archived.resolve("notes.txt"), home.resolve("notes.txt"));
    CommandRun second = vat("restore", "b63");
    assertThat(second.exit()).as(second.out() + second.err()).isZero();
    assertThat(second.out()).contains("1 light file moved back");
    assertThat(archived).doesNotExist();
    assertIsHome();

    // Cut before: it has a second one in the hidden folder.
    Files.createDirectories(archived);
    Files.move(home.resolve("notes.txt"), archived.resolve("notes.txt"));
    remove(home);
    Path growing = TreeCopy.temporaryFor(repository.resolve(".from-drive-b63-flivideo"));
    Files.createDirectories(growing);
    Files.createLink(growing.resolve("notes.txt"), archived.resolve("notes.txt"));
    CommandRun first = vat("restore", "b63");
    assertThat(first.exit()).as(first.out() + first.err()).isZero();
    assertThat(archived).doesNotExist();
    assertIsHome();

    // Two files of their own: nothing is removed.
    Files.createDirectories(archived);
    Files.copy(home.resolve("notes.txt"), archived.resolve("notes.txt"));
    CommandRun both = vat("restore", "b63");
    assertThat(both.exit()).as(both.out() + both.err()).isZero();
    assertThat(both.out()).contains("1 light file in archived/ and in the project's folder, equal");
    assertThat(archived.resolve("notes.txt")).exists();
  }

  @Test
  void a_copy_that_is_not_whole_is_not_taken_and_the_archive_is() throws IOException {
    succeed("backup", "b63");
    Files.delete(copy.resolve("final/cut.mov"));
    remove(home);
    assertThat(vat("restore", "b63", "--from", "ssd").exit()).isEqualTo(5);

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.err())
        .contains("The copy on T8 is not taken: its checksum history tells of final/cut.mov");
    assertThat(run.out()).contains("s3://vault/");
    assertIsHome();
  }

  @Test
  void an_unplugged_drive_is_named_and_the_archive_is_taken() throws IOException {
    succeed("backup", "b63");
    remove(home);
    computer.unplug(t8);
    Files.move(t8, temp.resolve("in the drawer"));

    CommandRun only = vat("restore", "b63", "--from", "ssd");
    assertThat(only.exit()).isEqualTo(5);
    assertThat(only.err()).contains("b63-flivideo is on T8, which is not connected");
    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.err()).contains("is also on T8, which is not connected");
    assertIsHome();
  }

  @Test
  void what_a_cut_download_left_goes_when_the_drive_brings_the_project_home() throws IOException {
    succeed("backup", "b63");
    remove(home);
    Path growing =
        TemporaryTree.of(repository.resolve("b63-flivideo.0123456789abcdef0123456789abcdef-2"));
    Files.createDirectories(growing);
    Files.write(growing.resolve("notes.txt"), files.get("notes.txt"));
    Files.writeString(TemporaryName.resumable(growing.resolve("take.mp4"), "half"), "half");

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("3 files restored from T8");
    assertIsHome();
  }

  @Test
  void folders_in_archived_that_a_cut_run_left_empty_go() throws IOException {
    Files.createDirectories(archived.resolve("data"));

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("everything is here already");
    assertThat(archived).doesNotExist();
  }

  @Test
  void where_from_can_be_said() throws IOException {
    succeed("backup", "b63");
    remove(home);

    assertThat(vat("restore", "b63", "--from", "s3", "--dry-run").out()).contains("s3://vault/");
    assertThat(vat("restore", "b63", "--from", "ssd", "--dry-run").out()).contains("from T8");
    Path desk = Files.createDirectories(temp.resolve("desk"));
    CommandRun elsewhere = vat("restore", "b63", "--to", desk.toString());
    assertThat(elsewhere.exit()).as(elsewhere.err()).isZero();
    assertThat(desk.resolve("b63-flivideo/notes.txt")).exists();
    assertThat(home).doesNotExist();
  }

  /// It tells of the whole copy, and every verification makes it longer.
  @Test
  void the_checksum_history_in_an_archive_is_in_nobodys_way() throws IOException {
    remove(home);
    succeed("backup", "b63");
    succeed("restore", "b63", "--light", "--from", "s3");
    assertThat(contents(archived).keySet()).containsExactly("notes.txt");

    // As earlier versions brought it with the light files, and verifying went on with it.
    Files.createDirectories(archived.resolve("ascmhl"));
    Files.writeString(archived.resolve("ascmhl/ascmhl_chain.xml"), "longer");
    succeed("restore", "b63", "--from", "s3");
    assertIsHome();
    assertThat(archived).doesNotExist();
    assertThat(contents(repository.resolve(".vat-kept")).values())
        .containsExactly("longer".getBytes(UTF_8));

    Files.writeString(home.resolve("ascmhl/ascmhl_chain.xml"), "longer");
    CommandRun again = vat("restore", "b63", "--from", "s3");
    assertThat(again.exit()).as(again.out() + again.err()).isZero();
    assertThat(again.out()).contains("everything is here already");
    assertThat(home.resolve("ascmhl/ascmhl_chain.xml")).hasContent("longer");
  }

  private void assertIsHome() throws IOException {
    Map<String, byte[]> here = contents(home);
    // An archive that was made from a drive's copy brings that copy's history.
    here.keySet().removeIf(name -> name.startsWith("ascmhl"));
    assertSame(here, files);
    try (Stream<Path> around = Files.list(repository)) {
      assertThat(around.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".vat-tmp-"));
    }
  }

  private String verifiedInS3() throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readAllBytes(repository.resolve("projects.json")))
        .at("/projects/0/storage/s3/verified_at")
        .asString();
  }

  private void damage(String name) throws IOException {
    byte[] damaged = files.get(name).clone();
    damaged[4_000] ^= 1;
    Files.write(copy.resolve(name), damaged);
    Files.setLastModifiedTime(copy.resolve(name), FileTime.from(RECORDED));
  }
}
