package dev.vat.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.vat.disk.OpenForWriting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What cannot be looked at here is not taken for absent: it takes part on neither side.
class LeftOutTest extends TwoPeople {
  @Test
  void what_is_in_a_folder_that_cannot_be_read_is_not_called_removed() throws Exception {
    bothHave("closed/take.wav", "a take");
    bothHave("draft.mp4", "first cut");
    Path closed = david.at("closed");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assumeFalse(Files.isReadable(closed), "this user may read everything");
      StagingView view = david.looks();

      assertThat(view.files()).containsOnlyKeys(name("draft.mp4"));
      assertThat(view.notCompared())
          .extracting(RemoteFile::name)
          .containsExactly(name("closed/take.wav"));
      assertThat(view.local().leftOut())
          .extracting(LocalSnapshot.LeftOut::shown)
          .containsExactly("closed");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void what_a_link_stands_for_is_compared_on_neither_side() throws Exception {
    bothHave("sound/audio/take.wav", "a take");
    bothHave("draft.mp4", "first cut");
    Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
    Files.move(david.at("sound/audio"), elsewhere.resolve("audio"));
    Files.createSymbolicLink(david.at("sound/audio"), elsewhere.resolve("audio"));
    Files.move(david.at("draft.mp4"), elsewhere.resolve("draft.mp4"));
    Files.createSymbolicLink(david.at("draft.mp4"), elsewhere.resolve("draft.mp4"));

    StagingView view = david.looks();

    assertThat(view.files()).isEmpty();
    assertThat(view.notCompared())
        .extracting(file -> file.name().value())
        .containsExactly("draft.mp4", "sound/audio/take.wav");
    assertThat(view.local().leftOut())
        .extracting(LocalSnapshot.LeftOut::shown)
        .containsExactly("draft.mp4", "sound/audio");
    assertThat(david.down()).isEmpty();
    assertThat(Staging.planCleanup(view.remote().files().values(), view.local()))
        .hasSize(2)
        .allSatisfy(
            removal -> {
              assertThat(removal.left()).isEqualTo(Removal.Left.NOT_COMPARED);
              assertThat(removal.isSaved()).isFalse();
            });
  }

  @Test
  void a_folder_in_two_spellings_is_left_out_on_both_sides_with_all_that_is_below()
      throws Exception {
    bothHave("u\u0308ber/a.wav", "a");
    Files.createDirectory(david.at("\u00fcber"));

    StagingView view = david.looks();

    assertThat(view.files()).isEmpty();
    assertThat(view.notCompared()).hasSize(1);
    assertThat(david.down()).isEmpty();
    assertThat(david.at("\u00fcber")).isEmptyDirectory();
  }

  @Test
  void an_entry_whose_name_cannot_be_decoded_hides_what_it_may_be() {
    LocalSnapshot.Scope scope = new LocalSnapshot.Scope.Undecoded("sound/");

    assertThat(scope.covers(name("sound/caf\u00e9.wav"))).isTrue();
    assertThat(scope.covers(name("sound/caf\u00e9/take.wav"))).isTrue();
    assertThat(scope.covers(name("sound/take/caf\u00e9.wav"))).isFalse();
    assertThat(scope.covers(name("caf\u00e9.wav"))).isFalse();
    assertThat(scope.covers(name("sound/cafe.wav"))).isFalse();
  }

  @Test
  void a_staging_folder_that_is_a_link_shares_nothing_and_is_no_empty_one() throws Exception {
    bothHave("draft.mp4", "first cut");
    Path elsewhere = home.resolve("elsewhere");
    Files.move(david.staging, elsewhere);
    Files.writeString(elsewhere.resolve("private.txt"), "not for the team");
    Files.createSymbolicLink(david.staging, elsewhere);

    assertThatThrownBy(david::up)
        .isInstanceOf(FolderUnavailableException.class)
        .hasMessageContaining("is a link to " + elsewhere);
    assertThat(bucket.keys()).doesNotContain(PREFIX + "private.txt");

    Files.move(elsewhere, home.resolve("unplugged"));
    assertThatThrownBy(david::looks).isInstanceOf(FolderUnavailableException.class);
  }

  @Test
  void a_file_in_place_of_the_staging_folder_is_no_empty_folder() throws Exception {
    Files.delete(david.staging);
    Files.writeString(david.staging, "not a folder");

    assertThatThrownBy(david::looks).isInstanceOf(FolderUnavailableException.class);
  }

  @Test
  void one_file_that_cannot_be_read_does_not_stop_the_others() throws Exception {
    david.saves("draft.mp4", "first cut");
    david.saves("locked.mp4", "nobody may read this");
    Path locked = david.at("locked.mp4");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(locked), "this user may read everything");

    assertThat(the(david.up(), "draft.mp4")).isInstanceOf(Outcome.Uploaded.class);

    assertThat(david.looks().local().leftOut())
        .singleElement()
        .satisfies(out -> assertThat(out.why()).contains("no permission to read it"));
  }

  @Test
  void one_file_whose_reading_fails_does_not_stop_the_others() throws Exception {
    david.saves("draft.mp4", "first cut");
    david.saves("odd.mp4", "becomes a folder while it is looked at");

    StagingView view =
        new Staging(
                david.parts(bucket, david.state()),
                _ -> {
                  becomesAFolder(david.at("odd.mp4"));
                  return OpenForWriting.look(List.of());
                })
            .look(_ -> true, true);

    assertThat(view.files()).containsOnlyKeys(name("draft.mp4"));
    assertThat(view.local().leftOut())
        .singleElement()
        .satisfies(
            out -> {
              assertThat(out.why()).contains("cannot be read");
              assertThat(out.temporary()).isFalse();
            });
  }

  private static void becomesAFolder(Path file) {
    try {
      Files.delete(file);
      Files.createDirectory(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_name_that_can_be_decoded_takes_part_beside_one_that_cannot() {
    LocalSnapshot snapshot =
        new LocalSnapshot(
            new TreeMap<>(),
            List.of(
                new LocalSnapshot.LeftOut(
                    "caf?.wav",
                    new LocalSnapshot.Scope.Undecoded(""),
                    "it cannot be decoded",
                    false)),
            List.of(),
            Set.of(name("\u00dcbung.mov")));

    assertThat(snapshot.leavesOut(name("\u00dcbung.mov"))).isFalse();
    assertThat(snapshot.leavesOut(name("caf\u00e9.wav"))).isTrue();
  }
}
