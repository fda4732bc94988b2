package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.catalog.DriveIdFile;
import dev.vat.cloud.Condition;
import dev.vat.cloud.ObjectStore;
import dev.vat.disk.Volumes;
import dev.vat.lifecycle.PretendVolumes;
import dev.vat.settings.S3Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat drives` and what else tells drives apart, with drives that are folders.
final class DrivesCommandTest {
  @TempDir Path temp;
  private Path repository;
  private Path t7;
  private Path t8;
  private PretendVolumes computer;

  @BeforeEach
  void prepare() throws IOException {
    TwoDrives drives = TwoDrives.in(temp);
    repository = drives.repository();
    t7 = drives.t7();
    t8 = drives.t8();
    computer = drives.computer();
    write(repository, "b63-flivideo/recordings/take.mp4", 2000);
    write(t7, "youtube/b00-b49/b40-flight/film.mov", 5000);
  }

  @Test
  void before_the_first_look_the_list_says_what_takes_a_drive_up_and_writes_nothing()
      throws IOException {
    CommandRun run = vat("drives");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("No drive is known yet");
    assertThat(run.err()).contains("vat manifest takes it up");
    assertThat(t7.resolve(DriveIdFile.NAME)).doesNotExist();
    assertThat(repository.resolve("projects.json")).doesNotExist();
  }

  @Test
  void the_list_tells_what_is_on_each_drive_also_when_it_is_unplugged() throws IOException {
    vat("manifest");
    assertThat(vat("drives").out())
        .contains("T7 (SSD_BASE): " + t7.resolve("youtube"))
        .contains("holds:     1 project, 5.0 KB; of 1 project no other whole copy is known")
        .contains("last seen: just now", "verified:  never");

    unplug(t7);

    CommandRun run = vat("drives");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("T7 (SSD_BASE): not connected", "when last seen", "holds:     1 project");
  }

  @Test
  void a_second_drive_is_taken_up_and_looked_at_from_then_on() throws IOException {
    vat("manifest");
    assertThat(vat("drives", "add", t8.resolve("youtube").toString(), "--dry-run").out())
        .contains("T8", "would be taken up");
    assertThat(t8.resolve(DriveIdFile.NAME)).doesNotExist();

    assertThat(vat("drives", "add", t8.resolve("youtube").toString()).out())
        .contains("T8 taken up");
    write(t8, "youtube/b00-b49/b40-flight/film.mov", 5000);

    CommandRun run = vat("manifest");
    assertThat(run.out()).doesNotContain("b40-flight is only on");
    assertThat(vat("list", "b40*").out()).contains("2 (0 verified)");
    unplug(t8);
    assertThat(vat("manifest").err()).contains("T8 is not connected", "What is known stays");
    assertThat(vat("list", "b40*").out()).contains("2 (0 verified)");
  }

  @Test
  void a_drive_is_renamed_on_itself() throws IOException {
    vat("manifest");

    assertThat(vat("drives", "rename", "T7", "T7 blue").out()).contains("is now called T7 blue");
    assertThat(t7.resolve(DriveIdFile.NAME)).content().contains("\"T7 blue\"");
    assertThat(vat("drives").out()).contains("T7 blue (SSD_BASE)");
    assertThat(vat("drives", "rename", "t7 BLUE", "-x").exit()).isEqualTo(2);
    assertThat(vat("drives", "rename", "T7 blue", "a\u001b[2Jb").exit()).isEqualTo(2);

    unplug(t7);
    CommandRun away = vat("drives", "rename", "T7 blue", "T7");
    assertThat(away.exit()).isEqualTo(ExitCode.UNAVAILABLE.number());
    assertThat(away.err()).contains("T7 blue is not connected", "plug it in");
  }

  @Test
  void two_drives_do_not_get_one_name() throws IOException {
    vat("manifest");

    CommandRun run = vat("drives", "add", t8.resolve("youtube").toString(), "--name", "t7");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("another drive is called t7");
    assertThat(t8.resolve(DriveIdFile.NAME)).doesNotExist();
  }

  @Test
  void a_cloned_drive_gets_an_id_of_its_own() throws IOException {
    vat("manifest");
    Files.copy(t7.resolve(DriveIdFile.NAME), t8.resolve(DriveIdFile.NAME));
    write(t8, "youtube/b00-b49/b40-flight/film.mov", 5000);

    CommandRun manifest = vat("manifest");
    assertThat(manifest.err()).contains("Several drives show the id of T7", "--new-id");
    CommandRun add = vat("drives", "add", t8.resolve("youtube").toString());
    assertThat(add.exit()).isEqualTo(ExitCode.CONFLICT.number());

    assertThat(vat("drives", "add", t8.resolve("youtube").toString(), "--new-id").out())
        .contains("T7 2 given an id of its own");
    vat("manifest");
    assertThat(vat("list", "b40*").out()).contains("2 (0 verified)");
  }

  @Test
  void a_lost_id_file_is_written_again_where_the_system_knows_the_volume() throws IOException {
    vat("manifest");
    Files.delete(t7.resolve(DriveIdFile.NAME));

    assertThat(vat("manifest").err()).contains("its id file (.vat-drive.json) is gone");
    assertThat(t7.resolve(DriveIdFile.NAME)).doesNotExist();
    assertThat(vat("drives", "add", t7.resolve("youtube").toString()).out())
        .contains("its id file written again");
    assertThat(vat("manifest").err()).isEmpty();
    assertThat(vat("drives").out()).containsOnlyOnce("holds:");
  }

  @Test
  void a_drive_that_is_gone_for_good_is_forgotten_after_saying_what_it_held() throws IOException {
    vat("manifest");
    unplug(t7);

    assertThat(vat("drives", "forget", "T7", "--dry-run").out())
        .contains("Nowhere else", "b40-flight", "Would forget T7");
    assertThat(vat("drives", "forget", "T7").exit()).isEqualTo(2);
    assertThat(vat("list").out()).contains("b40-flight");
    assertThat(vat("drives", "forget", "T7", "--yes").out()).contains("T7 is forgotten");
    assertThat(vat("list").out()).doesNotContain("b40-flight");
  }

  @Test
  void another_folder_on_the_ssd_is_refused_because_ssd_base_decides() throws IOException {
    vat("manifest");
    String before = vat("drives").out();
    Path other = Files.createDirectories(t7.resolve("videos"));

    CommandRun run = vat("drives", "add", other.toString());

    assertThat(run.exit()).as(run.out()).isEqualTo(2);
    assertThat(run.err())
        .contains("T7 is the SSD already", "SSD_BASE names: " + t7.resolve("youtube"))
        .contains("set SSD_BASE");
    assertThat(vat("drives").out()).isEqualTo(before);
    assertThat(vat("drives", "add", t7.resolve("youtube").toString()).exit()).isZero();
  }

  @Test
  void another_folder_on_a_known_drive_costs_no_known_copy_unasked() throws IOException {
    vat("manifest");
    vat("drives", "add", t8.resolve("youtube").toString());
    write(t8, "youtube/b00-b49/b41-kite/film.mov", 5000);
    write(t8, "youtube/b00-b49/b42-boat/film.mov", 5000);
    vat("manifest");
    Path other = Files.createDirectories(t8.resolve("videos"));

    CommandRun run = vat("drives", "add", other.toString());

    assertThat(run.exit()).as(run.out()).isEqualTo(2);
    assertThat(run.out())
        .contains("T8 is known already, with the folder " + t8.resolve("youtube"))
        .contains("would not count any more", "b41-kite", "b42-boat");
    assertThat(run.err()).contains("without 2 known copies?", "--yes");
    vat("manifest");
    assertThat(vat("list").out()).contains("b41-kite", "b42-boat");

    assertThat(vat("drives", "add", other.toString(), "--yes").exit()).isZero();
    vat("manifest");
    assertThat(vat("list").out()).doesNotContain("b41-kite");
  }

  @Test
  void a_folder_that_moved_with_its_copies_is_taken_without_a_question() throws IOException {
    vat("manifest");
    vat("drives", "add", t8.resolve("youtube").toString());
    write(t8, "youtube/b00-b49/b41-kite/film.mov", 5000);
    vat("manifest");
    Files.move(t8.resolve("youtube"), t8.resolve("videos"));

    CommandRun run = vat("drives", "add", t8.resolve("videos").toString());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("a drive has one folder").doesNotContain("b41-kite");
    vat("manifest");
    assertThat(vat("list").out()).contains("b41-kite");
  }

  @Test
  void a_drive_with_the_only_whole_copy_is_not_called_dispensable_for_a_smaller_one_elsewhere()
      throws IOException {
    write(t7, "youtube/b00-b49/b40-flight/landing.mov", 9000);
    write(t8, "youtube/b00-b49/b40-flight/film.mov", 5000);
    vat("drives", "add", t8.resolve("youtube").toString());

    assertThat(vat("manifest").out())
        .contains("b40-flight has fewer files or bytes on T8 than on T7")
        .contains("b40-flight is whole only on T7: one lost drive loses it");
    assertThat(vat("list", "--at-risk", "b40*").out()).contains("b40-flight");
    assertThat(vat("drives", "forget", "T7", "--dry-run").out())
        .contains("Nowhere else", "b40-flight");
    assertThat(vat("drives", "forget", "T8", "--dry-run").out()).doesNotContain("Nowhere else");
  }

  @Test
  void a_project_with_a_damaged_copy_is_at_risk_also_beside_two_whole_ones() throws IOException {
    write(t8, "youtube/b00-b49/b40-flight/film.mov", 5000);
    write(repository, "b40-flight/film.mov", 5000);
    vat("drives", "add", t8.resolve("youtube").toString());
    vat("manifest");
    assertThat(vat("list", "--at-risk").out()).doesNotContain("b40-flight");
    vat("verify", "b40", "--place", "ssd");
    Path film = t8.resolve("youtube/b00-b49/b40-flight/film.mov");
    FileTime then = Files.getLastModifiedTime(film);
    byte[] content = new byte[5000];
    content[7] = 1;
    Files.write(film, content);
    Files.setLastModifiedTime(film, then);

    assertThat(vat("verify", "b40", "--place", "ssd").exit())
        .isEqualTo(ExitCode.VERIFICATION_FAILED.number());

    assertThat(vat("list", "--at-risk").out()).containsPattern("b40-flight +flat .* 2\\n");
  }

  @Test
  void what_a_release_left_in_the_active_folder_is_no_second_copy() throws IOException {
    write(t7, "youtube/b00-b49/b40-flight/notes.txt", 7);
    write(repository, "b40-flight/notes.txt", 7);

    assertThat(vat("manifest").out())
        .contains("b40-flight has fewer files or bytes here than on T7")
        .contains("b40-flight is only on T7: one lost drive loses it");
    assertThat(vat("list", "--at-risk", "b40*").out()).containsPattern("b40-flight +flat .* 1\n");
    assertThat(vat("show", "b40").out()).contains("1 whole one known");
    assertThat(vat("drives", "forget", "T7", "--dry-run").out())
        .contains("Nowhere else", "b40-flight");
  }

  @Test
  void copies_of_which_each_has_something_that_the_other_lacks_are_no_whole_ones()
      throws IOException {
    write(t7, "youtube/b00-b49/b40-flight/landing.mov", 9000);
    for (String name : new String[] {"film.mov", "poster.jpg", "notes.txt"}) {
      write(repository, "b40-flight/" + name, 5);
    }

    assertThat(vat("manifest").out())
        .contains("b40-flight has fewer files or bytes here than on T7")
        .contains("b40-flight has fewer files or bytes on T7 than here")
        .contains("b40-flight has no copy that is known to be whole");
    assertThat(vat("list", "--at-risk", "b40*").out()).containsPattern("b40-flight +flat .* 0\n");
    assertThat(vat("drives", "forget", "T7", "--dry-run").out())
        .contains("Nowhere else", "b40-flight");
  }

  @Test
  void a_path_that_is_no_drive_is_refused() throws IOException {
    assertThat(vat("drives", "add", temp.resolve("not there").toString()).exit())
        .isEqualTo(ExitCode.UNAVAILABLE.number());
    CommandRun own = vat("drives", "add", temp.toString());
    assertThat(own.exit()).isEqualTo(ExitCode.UNAVAILABLE.number());
    assertThat(own.err()).contains("same volume as the repository");
    assertThat(temp.resolve(DriveIdFile.NAME)).doesNotExist();
  }

  private void unplug(Path drive) throws IOException {
    computer.unplug(drive);
    Files.move(drive, drive.resolveSibling("drawer-" + drive.getFileName()));
  }

  private CommandRun vat(String... words) {
    return CommandRun.in(repository).using(new OnThisComputer(computer)).run(words);
  }

  /// For commands that touch no cloud, on a computer with such drives.
  record OnThisComputer(Volumes volumes) implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking) {
      throw new AssertionError("this command was not to touch the cloud");
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }

  private static void write(Path base, String name, int bytes) throws IOException {
    Path file = base.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }
}
