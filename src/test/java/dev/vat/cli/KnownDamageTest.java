package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// That a copy on a drive is damaged is known to whatever looks, whoever found it.
final class KnownDamageTest extends DrivesAndBucket {
  private Path copy;
  private Path cut;

  @BeforeEach
  void copied() throws IOException {
    bucket = "";
    copy = t7.resolve("youtube/b50-b99/b63-flivideo");
    cut = copy.resolve("final/cut.mov");
    succeed("copy", "b63", "--to", "T7");
    clock.pass(Duration.ofHours(1));
  }

  private void foundDamaged() throws IOException {
    rot(cut);
    assertThat(vat("verify", "b63").exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    clock.pass(Duration.ofHours(1));
  }

  private String manifest() throws IOException {
    return Files.readString(repository.resolve("projects.json"));
  }

  @Test
  void a_new_manifest_knows_what_an_earlier_verification_found_damaged() throws IOException {
    foundDamaged();
    Files.delete(repository.resolve("projects.json"));

    CommandRun look = vat("manifest");

    assertThat(look.out()).contains("b63-flivideo is damaged or not complete on T7");
    assertThat(manifest()).containsOnlyOnce("\"damaged_at\" : \"2026-05-04T11:00:00Z\"");
    assertThat(vat("list", "--at-risk").out()).contains("b63-flivideo");

    rot(cut);
    succeed("verify", "b63");
    succeed("manifest");
    assertThat(manifest()).doesNotContain("damaged_at");
    Files.delete(repository.resolve("projects.json"));
    succeed("manifest");
    assertThat(manifest()).doesNotContain("damaged_at");
  }

  @Test
  void a_manifest_of_an_earlier_day_learns_what_was_found_since() throws IOException {
    String earlier = manifest();
    foundDamaged();
    Files.writeString(repository.resolve("projects.json"), earlier);

    succeed("manifest");

    assertThat(manifest()).containsOnlyOnce("\"damaged_at\" : \"2026-05-04T11:00:00Z\"");
  }

  @Test
  void damage_in_a_camera_card_with_its_own_checksums_is_not_forgotten_either() throws IOException {
    succeed("mhl", "create", copy.resolve("recordings").toString());
    succeed("verify", "b63");
    clock.pass(Duration.ofHours(1));
    rot(copy.resolve("recordings/take 1.mp4"));
    assertThat(vat("verify", "b63").exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    Files.delete(repository.resolve("projects.json"));

    succeed("manifest");

    assertThat(manifest()).contains("\"damaged_at\" : \"2026-05-04T12:00:00Z\"");
  }

  @Test
  void a_checksum_history_that_cannot_be_read_holds_up_no_look() throws IOException {
    Files.writeString(copy.resolve("ascmhl/ascmhl_chain.xml"), "torn");
    Files.delete(repository.resolve("projects.json"));

    CommandRun look = vat("manifest");

    assertThat(look.exit()).as(look.err()).isZero();
    assertThat(look.out() + look.err())
        .contains("b63-flivideo: the checksum history of its copy on T7 cannot be read")
        .contains("vat verify b63-flivideo looks closer");
  }

  @Test
  void archive_and_copy_note_the_damage_that_they_come_upon_until_the_copy_is_proven()
      throws IOException {
    for (String[] words : new String[][] {{"copy", "b63", "--to", "T7"}, {"archive", "b63"}}) {
      rot(cut);

      assertThat(vat(words).exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());

      assertThat(manifest()).containsOnlyOnce("\"damaged_at\" : \"" + clock.instant() + "\"");
      assertThat(vat("list", "--at-risk").out()).contains("b63-flivideo");
      clock.pass(Duration.ofHours(1));
      rot(cut);
      succeed("verify", "b63");
      assertThat(manifest()).doesNotContain("damaged_at");
      clock.pass(Duration.ofHours(1));
    }
  }

  @Test
  void damage_is_noted_also_when_a_decision_is_refused_for_it_and_goes_with_the_right_one()
      throws IOException {
    rot(cut);
    assertThat(vat("archive", "b63", "--keep", "theirs").exit())
        .isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(manifest()).contains("damaged_at");
    clock.pass(Duration.ofHours(1));

    succeed("archive", "b63", "--keep", "mine");

    assertThat(manifest()).doesNotContain("damaged_at");
  }

  @Test
  void what_is_damaged_here_alone_says_nothing_against_the_copy() throws IOException {
    rot(home.resolve("final/cut.mov"));

    assertThat(vat("copy", "b63", "--to", "T7").exit())
        .isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(vat("archive", "b63").exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());

    assertThat(manifest()).doesNotContain("damaged_at");
  }

  @Test
  void the_files_of_a_copy_are_counted_without_the_checksum_histories_that_travel_along()
      throws IOException {
    succeed("verify", "b63");
    remove(home);
    rot(cut);

    CommandRun run = vat("copy", "b63", "--to", "T8");

    assertThat(run.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(run.out()).contains("b63-flivideo is not whole on T8: 2 of 3 files are copied");
  }
}
