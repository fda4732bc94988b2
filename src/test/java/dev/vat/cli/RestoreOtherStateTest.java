package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The copy that `vat restore` would take is damaged or not whole, and what could be taken in its
/// stead is another state of the project.
final class RestoreOtherStateTest extends DrivesAndBucket {
  private Path later;

  /// T8 has the first state, T7 the one in which the notes were edited.
  @BeforeEach
  void two_states() throws IOException {
    later = t7.resolve("youtube/b50-b99/b63-flivideo");
    succeed("copy", "b63", "--to", "T8");
    Path notes = home.resolve("notes.txt");
    Files.writeString(notes, "edited");
    Files.setLastModifiedTime(notes, FileTime.from(RECORDED.plus(Duration.ofDays(9))));
    succeed("copy", "b63", "--to", "T7");
    remove(home);
  }

  private void rot(String name) throws IOException {
    Path file = later.resolve(name);
    FileTime time = Files.getLastModifiedTime(file);
    byte[] content = Files.readAllBytes(file);
    content[5] ^= 2;
    Files.write(file, content);
    Files.setLastModifiedTime(file, time);
  }

  private void assertLeftToPeople(CommandRun run, String what) {
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err())
        .contains("the copy on T7 is " + what, "another state of b63-flivideo")
        .contains("nothing was restored", "vat verify b63-flivideo --repair");
    assertThat(home).doesNotExist();
  }

  @Test
  void an_older_copy_is_not_taken_unasked_for_a_damaged_one() throws IOException {
    bucket = "";
    rot("final/cut.mov");

    CommandRun run = vat("restore", "b63");

    assertLeftToPeople(run, "damaged");
    assertThat(run.err())
        .contains("the one on T8", "1 file differs, notes.txt")
        .contains("vat restore b63-flivideo --from T8");
    CommandRun asked = vat("restore", "b63", "--from", "T8");
    assertThat(asked.exit()).as(asked.out() + asked.err()).isZero();
    assertThat(home.resolve("notes.txt")).hasBinaryContent(files.get("notes.txt"));
    assertThat(home.resolve("final/cut.mov")).hasBinaryContent(files.get("final/cut.mov"));
  }

  @Test
  void a_part_that_is_the_same_in_both_states_comes_from_the_older_one() throws IOException {
    bucket = "";
    rot("final/cut.mov");
    Path desk = Files.createDirectories(temp.resolve("desk"));

    CommandRun run = vat("restore", "b63", "--file", "final", "--to", desk.toString());

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("1 file restored from T8, read back and proven");
  }

  @Test
  void a_repair_from_the_older_copy_makes_the_later_one_fit_to_be_restored() throws IOException {
    bucket = "";
    rot("final/cut.mov");

    succeed("verify", "b63", "--place", "ssd", "--repair");
    succeed("restore", "b63");

    assertThat(home.resolve("notes.txt")).hasContent("edited");
    assertThat(home.resolve("final/cut.mov")).hasBinaryContent(files.get("final/cut.mov"));
  }

  @Test
  void nor_is_it_taken_for_a_later_one_that_lacks_a_file() throws IOException {
    bucket = "";
    Files.delete(later.resolve("final/cut.mov"));

    CommandRun dry = vat("restore", "b63", "--dry-run");
    assertThat(dry.exit()).as(dry.out()).isEqualTo(3);
    assertLeftToPeople(vat("restore", "b63"), "not known to be whole");
  }

  @Test
  void nor_for_one_whose_history_was_altered() throws IOException {
    bucket = "";
    Files.writeString(later.resolve("ascmhl/ascmhl_chain.xml"), "something else");

    CommandRun run = vat("restore", "b63");

    assertLeftToPeople(run, "not to be trusted");
    assertThat(run.err()).contains("The copy on T7 is not taken");
  }

  @Test
  void what_somebody_edited_on_a_drive_is_not_passed_over_for_what_was_recorded()
      throws IOException {
    bucket = "";
    remove(later);
    succeed("restore", "b63");
    succeed("copy", "b63", "--to", "T7");
    remove(home);
    Files.writeString(later.resolve("notes.txt"), "edited on the drive");

    CommandRun run = vat("restore", "b63");

    assertLeftToPeople(run, "damaged");
  }

  @Test
  void an_archive_of_another_state_is_not_taken_unasked_either() throws IOException {
    remove(t8.resolve("youtube/b50-b99/b63-flivideo"));
    succeed("restore", "b63");
    Files.writeString(home.resolve("more.txt"), "stored in S3 alone");
    succeed("backup", "b63");
    remove(home);
    rot("final/cut.mov");

    CommandRun run = vat("restore", "b63");

    assertLeftToPeople(run, "damaged");
    assertThat(run.err()).contains("the archive in S3", "vat restore b63-flivideo --from s3");
    succeed("restore", "b63", "--from", "s3");
    assertThat(home.resolve("more.txt")).exists();
  }

  @Test
  void a_drive_that_is_named_has_to_be_a_known_one_and_connected() throws IOException {
    CommandRun unknown = vat("restore", "b63", "--from", "T9");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("T9");
    computer.unplug(t8);
    Files.move(t8, temp.resolve("in the drawer"));
    CommandRun away = vat("restore", "b63", "--from", "T8");
    assertThat(away.exit()).as(away.err()).isEqualTo(5);
    assertThat(away.err()).contains("T8 is not connected");
  }
}
